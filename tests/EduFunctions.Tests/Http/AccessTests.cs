using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Tests.App;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>Who may do what, with a key, signed in by the platform, or on this machine.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class AccessTests : IDisposable
{
    private readonly EmptyStorage _storage = new();

    public void Dispose() => _storage.Dispose();

    [Theory]
    [InlineData("reader", "GET", "/api/tenants", 200)]
    [InlineData("operator", "GET", "/api/tenants", 200)]
    [InlineData("reader", "POST", "/api/tenants/nobody/sync", 403)]
    [InlineData("protection", "GET", "/api/tenants", 200)]
    [InlineData("protection", "POST", "/api/tenants/nobody/people", 404)]
    [InlineData("protection", "POST", "/api/tenants/nobody/sync", 403)]
    [InlineData("operator", "POST", "/api/tenants/nobody/sync", 404)]
    [InlineData("somebody", "GET", "/api/tenants", 403)]
    [InlineData("somebody", "GET", "/", 403)]
    [InlineData(null, "GET", "/api/tenants", 401)]
    [InlineData(null, "GET", "/api/openapi.json", 200)]
    [InlineData("2", "GET", "/api/tenants", 403)]
    [InlineData("reader:nordhamn", "GET", "/api/tenants", 200)]
    [InlineData("reader:nordhamn", "GET", "/", 200)]
    [InlineData("reader:nordhamn", "GET", "/api/tenants/nordhamn/runs", 404)]
    [InlineData("reader:nordhamn", "GET", "/api/tenants/solberga/runs", 403)]
    [InlineData("reader:nordhamn", "POST", "/api/tenants/nordhamn/sync", 403)]
    [InlineData("operator:nordhamn", "POST", "/api/tenants/nordhamn/sync", 404)]
    [InlineData("operator:nordhamn", "POST", "/api/tenants/solberga/sync", 403)]
    [InlineData("operator:nordhamn", "POST", "/api/nights", 403)]
    [InlineData("operator:nordhamn", "POST", "/api/approvals", 400)]
    [InlineData("anyone,operator", "GET", "/api/tenants", 403)]
    [InlineData("operator", "GET", "/api//tenants", 404)]
    [InlineData("operator", "GET", "//api/tenants", 404)]
    [InlineData("operator", "GET", "/api/tenants//", 404)]
    [InlineData("operator", "GET", "/API/Tenants/", 200)]
    public async Task Roles_of_the_platforms_principal_open_what_they_should(string? role, string method, string path, int status)
    {
        var answer = await AnswerAsync(method, path, Platform, ("X-MS-CLIENT-PRINCIPAL", role is null ? null : Principal(role)), isVouchedFor: true);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 401, answer.Headers.Any(header => header.Name == "WWW-Authenticate"));
    }

    /// <summary>It came by another way than its own function, which asks for the key.</summary>
    [Theory]
    [InlineData("/api/tenants", 401)]
    [InlineData("/api/openapi.json", 200)]
    [InlineData("/", 200)]
    public async Task Somebody_signed_in_needs_the_key_as_well_where_programs_call(string path, int status)
    {
        var answer = await AnswerAsync("GET", path, Platform, ("X-MS-CLIENT-PRINCIPAL", Principal("operator")), isVouchedFor: false);

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("WEBSITE_AUTH_ENABLED", "false")]
    [InlineData("WEBSITE_SITE_NAME", "")]
    public async Task A_principal_is_believed_only_where_the_platform_sets_it(string setting, string value)
    {
        var answer = await AnswerAsync("GET", "/api/tenants", new(Platform) { [setting] = value }, ("X-MS-CLIENT-PRINCIPAL", Principal("operator")));

        Assert.Equal(403, answer.Status);
    }

    [Theory]
    [InlineData("not base64 at all")]
    [InlineData("e30=")]
    [InlineData("W10=")]
    [InlineData("eyJjbGFpbXMiOlt7fV19")]
    public async Task A_principal_that_cannot_be_read_may_nothing(string header)
    {
        var answer = await AnswerAsync("GET", "/api/tenants", Platform, ("X-MS-CLIENT-PRINCIPAL", header));

        Assert.InRange(answer.Status, 401, 403);
    }

    [Theory]
    [InlineData("x-functions-key", "the key", 200)]
    [InlineData("x-functions-key", "another key", 401)]
    [InlineData("x-functions-key", null, 401)]
    [InlineData("Authorization", "Basic OnRoZSBrZXk=", 200)]
    [InlineData("Authorization", "Basic bm8gY29sb24=", 401)]
    [InlineData("Authorization", "Bearer x", 401)]
    public async Task A_key_is_asked_of_everybody_once_it_is_set(string header, string? value, int status)
    {
        var answer = await AnswerAsync("GET", "/api/tenants", new() { ["ApiKey"] = "the key" }, (header, value), isVouchedFor: true);

        Assert.Equal(status, answer.Status);
        Assert.DoesNotContain("the key\"", answer.Text);
    }

    [Theory]
    [InlineData("vera's key", "GET", "/api/tenants", 200)]
    [InlineData("vera's key", "POST", "/api/tenants/nobody/sync", 403)]
    [InlineData("vera's key", "GET", "/api/tenants/nobody/acts", 403)]
    [InlineData("per's key", "GET", "/api/tenants", 200)]
    [InlineData("per's key", "POST", "/api/tenants/nobody/sync", 403)]
    [InlineData("per's key", "GET", "/api/tenants/nobody/acts", 404)]
    [InlineData("olle's key", "POST", "/api/tenants/nobody/sync", 404)]
    [InlineData("olle's key", "GET", "/api/tenants/nobody/acts", 404)]
    [InlineData("no key", "GET", "/api/tenants", 401)]
    [InlineData("", "GET", "/api/tenants", 401)]
    [InlineData("wrong's key", "GET", "/api/tenants", 403)]
    public async Task A_key_with_a_name_opens_what_its_roles_say(string key, string method, string path, int status)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ApiKeys:vera:Key"] = "vera's key",
            ["ApiKeys:vera:Roles"] = "reader",
            ["ApiKeys:per:Key"] = "per's key",
            ["ApiKeys:per:Roles"] = "protection",
            ["ApiKeys:olle:Key"] = "olle's key",
            ["ApiKeys:nobody:Key"] = "",
            ["ApiKeys:wrong:Key"] = "wrong's key",
            ["ApiKeys:wrong:Roles"] = "2",
        };

        var answer = await AnswerAsync(method, path, settings, ("x-functions-key", key), isVouchedFor: true);

        Assert.Equal(status, answer.Status);
    }

    [Theory]
    [InlineData("/api/tenants/nobody/sync", "Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("/api/tenants/nobody/sync", "Sec-Fetch-Site", "same-site", 403)]
    [InlineData("/api/tenants/nobody/sync", "Origin", "https://elsewhere.example", 403)]
    [InlineData("/api/tenants/nobody/sync", "Origin", "null", 403)]
    [InlineData("/api/tenants/nobody/sync", "Origin", "https://sync.example", 404)]
    [InlineData("/api/tenants/nobody/sync", "None", "", 404)]
    [InlineData("/tenants/nobody/person", "None", "", 403)]
    [InlineData("/tenants/nobody/person", "Sec-Fetch-Site", "same-origin", 404)]
    [InlineData("/tenants/nobody/person", "Origin", "https://sync.example", 404)]
    public async Task What_another_site_sends_is_refused(string path, string header, string value, int status)
    {
        var answer = await AnswerAsync("POST", path, [], (header, value), isVouchedFor: true);

        Assert.Equal(status, answer.Status);
    }

    /// <summary>A program that posts a form, and a proxy that takes the host's name away, are no other site.</summary>
    [Theory]
    [InlineData("None", "", "does not say from which page it was sent")]
    [InlineData("Origin", "https://elsewhere.example", "Origin and Host differ")]
    [InlineData("Sec-Fetch-Site", "cross-site", "made by another site, so")]
    public async Task What_is_refused_so_is_told_why(string header, string value, string told)
    {
        var answer = await AnswerAsync("POST", "/tenants/nobody/person", [], (header, value), isVouchedFor: true);

        Assert.Equal(403, answer.Status);
        Assert.Contains(told, answer.Text);
    }

    [Theory]
    [InlineData("PUT", "/api/tenants", 405)]
    [InlineData("GET", "/api/tenants/x/sync", 405)]
    [InlineData("GET", "/nothing", 404)]
    [InlineData("GET", "/api", 404)]
    public async Task What_is_not_there_is_a_problem_like_all_others(string method, string path, int status)
    {
        var answer = await AnswerAsync(method, path, [], ("None", null), isVouchedFor: true);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(status, JsonSerializer.Deserialize<JsonElement>(answer.Text).GetProperty("status").GetInt32());
        Assert.Equal(status == 405, answer.Headers.Any(header => header.Name == "Allow"));
    }

    [Theory]
    [InlineData("{ broken", 400)]
    [InlineData("[]", 400)]
    [InlineData("null", 400)]
    [InlineData("too large", 413)]
    public async Task A_body_that_is_not_what_is_expected_is_a_problem(string body, int status)
    {
        var sent = body == "too large" ? new string(' ', 70_000) : body;

        var answer = await AnswerAsync("POST", "/api/tenants/x/runs/20260901T173000Z-0a1b/approve", [], ("None", null), isVouchedFor: true, body: sent);

        Assert.Equal((status, "application/problem+json"), (answer.Status, answer.ContentType));
    }

    private static Dictionary<string, string?> Platform { get; } = new() { ["WEBSITE_AUTH_ENABLED"] = "True", ["WEBSITE_SITE_NAME"] = "func-edufunctions" };

    private static string Principal(string role) => Convert.ToBase64String(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
    {
        auth_typ = "aad",
        claims = new[] { new { typ = "name", val = "operator" }, new { typ = "roles", val = role } },
        role_typ = "roles",
    })));

    private async Task<ApiAnswer> AnswerAsync(
        string method, string path, Dictionary<string, string?> settings, (string Name, string? Value) header, bool isVouchedFor = false, string body = "")
    {
        var configuration = new ConfigurationBuilder().AddConfiguration(AppTriggers.LocalConfiguration).AddInMemoryCollection(settings).Build();
        await using var services = new ServiceCollection().AddLogging().AddRosterPipeline(configuration).AddSingleton(_storage.Client).BuildServiceProvider();
        var call = new ApiCall(
            method, path, name => name == header.Name ? header.Value : name == "Host" ? "sync.example" : null, new MemoryStream(Encoding.UTF8.GetBytes(body)), isVouchedFor);
        return await services.GetRequiredService<ApiRouter>().AnswerAsync(call, CancellationToken.None);
    }
}
