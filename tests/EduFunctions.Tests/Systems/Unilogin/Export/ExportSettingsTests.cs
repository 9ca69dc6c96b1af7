using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

[Collection(SourceTests.Name)]
public sealed class ExportSettingsTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("""{ "version": 5 }""", "$.source.version: must be 6 or 7")]
    [InlineData("""{ "package": "Fuld" }""", "$.source.package: must be \"lille\"")]
    [InlineData("""{ "institutions": [] }""", "$.source.institutions: needs at least one")]
    [InlineData(
        """{ "institutions": ["999001", "99900", "a99002", "A99002"] }""",
        "$.source.institutions[1]: must be six letters or digits",
        "$.source.institutions[3]: the institution \"A99002\" is named already")]
    [InlineData("""{ "certificate": null, "providerSystemId": null }""", "$.source.certificate: is missing", "$.source.providerSystemId: is missing")]
    [InlineData("""{ "username": "u" }""", "$.source.username: goes with version 6")]
    [InlineData("""{ "version": 6 }""", "$.source.username: and password are needed", "$.source.certificate: goes with version 7", "$.source.endpoint: is an address of version 7")]
    [InlineData("""{ "endpoint": "http://unilogin.example/bpi/wsieksport/7" }""", "$.source.endpoint: must be an https address")]
    [InlineData("""{ "certificate": { "secret": "roots" } }""", "$.source.certificate: the secret \"roots\" cannot be used: it holds no private RSA key")]
    [InlineData("""{ "certificate": { "secret": "password" } }""", "$.source.certificate: the secret \"password\" cannot be used")]
    [InlineData("""{ "certificate": { "secret": "nowhere" } }""", "$.source.certificate: the secret \"nowhere\" is missing")]
    [InlineData("""{ "trustedRoots": { "secret": "password" } }""", "$.source.trustedRoots: the secret \"password\" cannot be used: it holds no certificate")]
    [InlineData("""{ "package": "mellem" }""", "$.source.package: \"mellem\" does not say who is protected")]
    public async Task Contradictions_are_told_with_path_and_cause(string changes, params string[] errors)
    {
        await using var server = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        var tenant = new UniloginPull(azurite, server);
        foreach (var (key, value) in JsonNode.Parse(changes)!.AsObject())
        {
            tenant.With(key, value?.DeepClone());
        }

        var told = await ErrorsAsync(tenant);

        Assert.All(errors, error => Assert.Contains(told, line => line.StartsWith(error, StringComparison.Ordinal)));
        Assert.DoesNotContain(told, line => line.Contains(server.Password));
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("pkcs12")]
    [InlineData("pkcs12 with password")]
    [InlineData("file")]
    public async Task Certificates_come_in_any_usual_form(string form)
    {
        await using var server = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, Convert.FromBase64String(server.Authority.Pkcs12(server.ClientCertificate)));
        var tenant = new UniloginPull(azurite, server).Setting("Secrets:signing", form switch
        {
            "pem" => server.ClientPem,
            "pkcs12" => server.Authority.Pkcs12(server.ClientCertificate),
            "file" => $"file:{file}",
            _ => server.Authority.Pkcs12(server.ClientCertificate, "opens-it"),
        });
        tenant.With("trustedRoots", null);
        if (form == "pkcs12 with password")
        {
            tenant.With("certificatePassword", UniloginPull.Secret("opener")).Setting("Secrets:opener", "opens-it");
        }

        var pulled = await tenant.RunAsync();

        File.Delete(file);
        Assert.NotNull(pulled.Snapshot);
    }

    [Fact]
    public async Task An_expired_certificate_is_told_before_anything_is_asked()
    {
        await using var server = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        var expired = server.Authority.Issue("EduFunctions (test)", DateTimeOffset.UtcNow.AddDays(-1));

        var pulled = await new UniloginPull(azurite, server).Setting("Secrets:signing", server.Authority.Pem(expired)).RunAsync();

        Assert.Contains("The certificate in the secret \"signing\" (source.certificate) is good from", pulled.Run.StateReason);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task The_connection_is_tried_without_a_pull()
    {
        await using var server = await UniloginServer.StartAsync(SmallExport.Of(_ => []));
        var tenant = new UniloginPull(azurite, server).Institutions("999001", "999002");

        var good = await ConnectAsync(tenant);
        server.Habits.Fault = _ => "Signatur";
        var bad = await ConnectAsync(tenant);

        Assert.Equal(["agreements", "institution 999001", "institution 999002"], good.Select(check => check.Subject));
        Assert.Equal([true, true, false], good.Select(check => check.Problem is null));
        Assert.Contains("has no agreement for the package fuld", good[2].Problem);
        Assert.Contains("does not accept our signature", Assert.Single(bad).Problem);
        Assert.Empty(server.Pulls);
    }

    private static async Task<List<ConnectionCheck>> ConnectAsync(UniloginPull tenant)
    {
        await using var services = tenant.Services(new CapturedLog());
        var settings = (await ReadAsync(services, tenant)).Tenant!.Source;
        var checks = new List<ConnectionCheck>();
        await foreach (var check in services.GetServices<Pipeline.Contracts.ISource>().OfType<UniloginSource>().Single().TestAsync(settings, CancellationToken.None))
        {
            checks.Add(check);
        }

        return checks;
    }

    private static async Task<List<string>> ErrorsAsync(UniloginPull tenant)
    {
        await using var services = tenant.Services(new CapturedLog());
        return [.. (await ReadAsync(services, tenant)).Errors.Select(error => $"{error.Path}: {error.Cause}")];
    }

    private static Task<TenantReading> ReadAsync(ServiceProvider services, UniloginPull tenant)
    {
        tenant.Tenant["feeds"]![0]!["delivery"]!["password"] = UniloginPull.Secret("dropbox");
        return services.GetRequiredService<TenantReader>().ReadAsync(Encoding.UTF8.GetBytes(tenant.Tenant.ToJsonString()), CancellationToken.None);
    }
}
