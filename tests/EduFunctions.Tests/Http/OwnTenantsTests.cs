using System.Text;
using System.Text.Json;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>Whoever has a role at one tenant learns nothing of the others, not even in lists.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class OwnTenantsTests : IAsyncLifetime
{
    private readonly ServiceProvider _services = new ServiceCollection().AddLogging()
        .AddRosterPipeline(new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("WEBSITE_AUTH_ENABLED", "true"), new("WEBSITE_SITE_NAME", "func-edufunctions"), new("AzureWebJobsStorage", "UseDevelopmentStorage=true"),
        ]).Build())
        .AddSingleton(new InMemoryStorage(new InMemoryAccount(TimeProvider.System)).Open()).BuildServiceProvider();

    /// <summary>Files that nobody can use are shown as well, with what is wrong.</summary>
    public async Task InitializeAsync()
    {
        foreach (var tenant in new[] { "nordhamn", "solberga" })
        {
            await _services.GetRequiredService<BlobStorage>().WriteAsync(Containers.Tenants, $"{tenant}.json", "{}"u8.ToArray(), CancellationToken.None);
        }
    }

    public async Task DisposeAsync() => await _services.DisposeAsync();

    [Theory]
    [InlineData("reader", "/api/tenants", true)]
    [InlineData("reader:nordhamn", "/api/tenants", false)]
    [InlineData("reader", "/", true)]
    [InlineData("reader:nordhamn", "/", false)]
    [InlineData("operator:nordhamn", "/", false)]
    public async Task Lists_have_the_tenants_that_the_caller_may_see(string role, string path, bool hasOthers)
    {
        var answer = await AnswerAsync(role, "GET", path, "");

        Assert.Equal(200, answer.Status);
        Assert.Contains("nordhamn", answer.Text);
        Assert.Equal(hasOthers, answer.Text.Contains("solberga", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Of_a_list_of_approvals_only_those_at_ones_own_tenant_are_looked_at()
    {
        const string body = """{"plans": [{"tenant": "nordhamn", "run": "20260901T193000Z-0a1b"}, {"tenant": "solberga", "run": "20260901T193000Z-0a1b"}]}""";

        var answers = JsonElement.Parse((await AnswerAsync("operator:nordhamn", "POST", "/api/approvals", body)).Text).GetProperty("answers");

        Assert.DoesNotContain("role", answers[0].GetProperty("refusal").GetString());
        Assert.Equal("The call needs the role operator at this tenant.", answers[1].GetProperty("refusal").GetString());
    }

    private Task<ApiAnswer> AnswerAsync(string role, string method, string path, string body)
    {
        var principal = JsonSerializer.Serialize(new { claims = new[] { new { typ = "roles", val = role } } });
        var call = new ApiCall(
            method, path, name => name == "X-MS-CLIENT-PRINCIPAL" ? Convert.ToBase64String(Encoding.UTF8.GetBytes(principal)) : null,
            new MemoryStream(Encoding.UTF8.GetBytes(body)), IsVouchedFor: true);
        return _services.GetRequiredService<ApiRouter>().AnswerAsync(call, CancellationToken.None);
    }
}
