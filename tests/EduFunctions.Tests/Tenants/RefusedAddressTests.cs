using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Tenants;

/// <summary>Addresses and keys that look right and are not. Alone, since being in Azure is a matter of the whole process.</summary>
[Collection(LoneTests.Name)]
public sealed class RefusedAddressTests
{
    [Theory]
    [InlineData("https://anna:hemligt-9921@register.example/v2.0")]
    [InlineData("https://anna@register.example/v2.0")]
    [InlineData("http://anna:hemligt-9921@127.0.0.1/v2.0")]
    public async Task An_address_with_a_login_is_refused_with_its_path_and_without_the_login(string address)
    {
        var errors = await ErrorsAsync(tenant => tenant["source"]!["baseUrl"] = address);

        Assert.Contains("$.source.baseUrl", errors);
        Assert.Contains("without a login", errors);
        Assert.DoesNotContain("anna", errors);
        Assert.DoesNotContain("hemligt", errors);
    }

    [Theory]
    [InlineData("SHA256:")]
    [InlineData("SHA256: ")]
    public async Task A_bare_beginning_is_no_host_key(string key) =>
        Assert.Contains("$.feeds[0].delivery.hostKeys", await ErrorsAsync(tenant => tenant["feeds"]![0]!["delivery"]!["hostKeys"] = new JsonArray(key)));

    [Theory]
    [InlineData("ftp://127.0.0.1/hook")]
    [InlineData("file:///hook")]
    [InlineData("/hook")]
    [InlineData("http://chat.example/hook")]
    public async Task A_webhook_is_an_http_address(string address) => Assert.Contains(
        "$.alarms.webhooks[0].url",
        await ErrorsAsync(
            tenant => tenant["alarms"] = new JsonObject
            {
                ["webhooks"] = new JsonArray(new JsonObject { ["format"] = "teams", ["url"] = new JsonObject { ["secret"] = "hook" } }),
            },
            ("Secrets:hook", address)));

    [Fact]
    public async Task Plain_http_is_refused_in_Azure_even_to_loopback()
    {
        const string Platform = "WEBSITE_SITE_NAME";
        const string Loopback = "http://127.0.0.1:9/v2.0";
        Assert.Empty(await ErrorsAsync(tenant => tenant["source"]!["baseUrl"] = Loopback));
        Environment.SetEnvironmentVariable(Platform, "func-edufunctions");
        try
        {
            Assert.Contains("$.source.baseUrl", await ErrorsAsync(tenant => tenant["source"]!["baseUrl"] = Loopback));
        }
        finally
        {
            Environment.SetEnvironmentVariable(Platform, null);
        }
    }

    private static async Task<string> ErrorsAsync(Action<JsonObject> change, params (string Key, string Value)[] settings)
    {
        var tenant = TenantJson.Make("nordhamn");
        tenant["source"]!["baseUrl"] = "https://register.example/v2.0";
        tenant["source"]!["clientId"] = "nordhamn";
        change(tenant);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                [$"Secrets:{TenantJson.SourceSecret}"] = "x",
                [$"Secrets:{TenantJson.DropBoxSecret}"] = "y",
            })
            .AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value))
            .Build();
        await using var services = new ServiceCollection().AddLogging().AddRosterPipeline(configuration).BuildServiceProvider();
        var reading = await services.GetRequiredService<TenantReader>().ReadAsync(Encoding.UTF8.GetBytes(tenant.ToJsonString()), CancellationToken.None);
        return string.Join('\n', reading.Errors);
    }
}
