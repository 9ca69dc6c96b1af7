using System.Net;
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

/// <summary>Whoever is refused in a browser reads why on a page, in the own language and with a way back; a program gets a problem as JSON.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class ProblemPagesTests : IDisposable
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    private readonly EmptyStorage _storage = new();

    public void Dispose() => _storage.Dispose();

    [Theory]
    [InlineData("sv", "GET", "/tenants/testkoping", "read", 403, "Inte tillåtet", "Det krävs rollen reader för huvudmannen testkoping. Nyckeln read har den inte.")]
    [InlineData("da", "GET", "/tenants/testkoping", "read", 403, "Ikke tilladt", "Det kræver rollen reader for organisationen testkoping. Nøglen read har den ikke.")]
    [InlineData("en", "GET", "/tenants/testkoping", "read", 403, "Not allowed", "The call needs the role reader for the tenant testkoping. The key read has not got it.")]
    [InlineData("sv", "POST", "/tenants/solberga/sync", "read", 403, "Inte tillåtet", "Det krävs rollen operator för huvudmannen solberga. Nyckeln read har den inte.")]
    [InlineData("sv", "GET", "/tenants/testkoping", null, 401, "Inte inloggad", "Ange nyckeln i rubriken x-functions-key, eller som lösenord.")]
    [InlineData("da", "GET", "/", null, 401, "Ikke logget ind", "Angiv nøglen i headeren x-functions-key, eller som adgangskode.")]
    [InlineData("sv", "GET", "/nowhere", "read", 404, "Här finns ingenting", "Det finns ingenting på den här adressen")]
    [InlineData("sv", "GET", "//elsewhere.example/x", "read", 404, "Här finns ingenting", "Det finns ingenting på den här adressen")]
    [InlineData("da", "PUT", "/tenants/solberga", "read", 405, "Ikke på den måde", "Denne adresse tager imod GET, HEAD.")]
    public async Task A_browser_shows_a_page(string language, string method, string path, string? key, int status, string title, string told)
    {
        var answer = await AnswerAsync(method, path, key, Browser, language);
        var page = WebUtility.HtmlDecode(answer.Text);

        Assert.Equal((status, "text/html; charset=utf-8"), (answer.Status, answer.ContentType));
        Assert.All([$"<html lang=\"{language}\">", $"<h1>{title}</h1>", told, "<p><a href=\"/\">"], part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotContain("href=\"//", page, StringComparison.Ordinal);
        Assert.Equal(status == 401, answer.Headers.Any(header => header.Name == "WWW-Authenticate"));
        Assert.Equal(status == 405, answer.Headers.Any(header => header.Name == "Allow"));
    }

    /// <summary>It has the role, for another tenant.</summary>
    [Theory]
    [InlineData("/tenants/testkoping", "application/json", "The call needs the role reader for the tenant testkoping. The key read has not got it.")]
    [InlineData("/tenants/testkoping", "*/*", "The call needs the role reader for the tenant testkoping. The key read has not got it.")]
    [InlineData("/api/tenants/testkoping/runs", Browser, "The call needs the role reader for the tenant testkoping. The key read has not got it.")]
    [InlineData("/api/tenants/testkoping/runs", null, "The call needs the role reader for the tenant testkoping. The key read has not got it.")]
    public async Task A_program_gets_json_and_the_sentence_is_true_of_a_key_for_another_tenant(string path, string? accept, string told)
    {
        var answer = await AnswerAsync("GET", path, "read", accept, "sv");

        Assert.Equal((403, "application/problem+json"), (answer.Status, answer.ContentType));
        Assert.Equal(told, JsonSerializer.Deserialize<JsonElement>(answer.Text).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task What_concerns_all_tenants_needs_the_role_for_all()
    {
        var answer = await AnswerAsync("POST", "/api/nights", "run", accept: null, "sv");

        Assert.Contains("The call needs the role operator for all tenants. The key run has not got it.", answer.Text, StringComparison.Ordinal);
    }

    private async Task<ApiAnswer> AnswerAsync(string method, string path, string? key, string? accept, string language)
    {
        var settings = new Dictionary<string, string?>
        {
            ["ApiKeys:read:Key"] = "read",
            ["ApiKeys:read:Roles"] = "reader:solberga",
            ["ApiKeys:run:Key"] = "run",
            ["ApiKeys:run:Roles"] = "operator:solberga",
        };
        var configuration = new ConfigurationBuilder().AddConfiguration(AppTriggers.LocalConfiguration).AddInMemoryCollection(settings).Build();
        await using var services = new ServiceCollection().AddLogging().AddRosterPipeline(configuration).AddSingleton(_storage.Client).BuildServiceProvider();
        var headers = new Dictionary<string, string?> { [Access.KeyHeader] = key, ["Accept"] = accept, ["Accept-Language"] = language, ["Sec-Fetch-Site"] = "same-origin" };
        var call = new ApiCall(method, path, headers.GetValueOrDefault, new MemoryStream(Encoding.UTF8.GetBytes("")), IsVouchedFor: true);
        return await services.GetRequiredService<ApiRouter>().AnswerAsync(call, CancellationToken.None);
    }
}
