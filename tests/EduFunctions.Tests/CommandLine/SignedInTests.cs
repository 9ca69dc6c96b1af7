using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>Commands against an account in Azure: by its address, as whoever is signed in, never with an Azurite of their own.</summary>
[Collection(CommandTests.Name)]
public sealed class SignedInTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-signed-");
    private readonly Dictionary<string, string> _environment = [];
    private LoopbackServer _identity = null!;
    private AzuriteServer _storage = null!;

    public async Task InitializeAsync()
    {
        var authority = new TestAuthority("signed in");
        using var certificate = authority.IssueServer();
        var (roots, own, key) = (Path("roots.pem"), Path("own.pem"), Path("key.pem"));
        await File.WriteAllTextAsync(roots, authority.RootPem);
        await File.WriteAllTextAsync(own, certificate.ExportCertificatePem());
        await File.WriteAllTextAsync(key, certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        _storage = await AzuriteServer.StartSecurelyAsync(own, key);
        _identity = await LoopbackServer.StartAsync(GiveTokenAsync);
        _environment["SSL_CERT_FILE"] = roots;
    }

    public async Task DisposeAsync()
    {
        await _storage.DisposeAsync();
        await _identity.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_signed_in_identity_opens_the_account()
    {
        SignIn();

        var first = await RunAsync("runs", "--tenant", "nobody", "--storage", _storage.SecureAddress);
        _environment["AzureWebJobsStorage__blobServiceUri"] = _storage.SecureAddress;
        var second = await RunAsync("held");

        Assert.Equal((2, "There is no tenant nobody in this storage"), (first.ExitCode, first.Errors.Trim().Split(':')[0]));
        Assert.Equal((2, "There is no tenant in this storage"), (second.ExitCode, second.Errors.Trim().Split(':')[0]));
    }

    [Fact]
    public async Task Without_a_signed_in_identity_it_is_told_how_to_get_one()
    {
        var ended = await RunAsync("held", "--storage", _storage.SecureAddress);

        Assert.Equal(1, ended.ExitCode);
        Assert.StartsWith("Nobody is signed in whom the storage would know: az login", ended.Errors.Trim());
    }

    [Fact]
    public async Task An_address_without_tls_is_refused()
    {
        var ended = await RunAsync("held", "--storage", "http://storage.example/account");

        Assert.Equal(2, ended.ExitCode);
        Assert.Contains("must be an https address", ended.Errors);
    }

    private string Path(string file) => System.IO.Path.Combine(_folder.FullName, file);

    private Task<Ended> RunAsync(params string[] arguments) => LocalHostProcess.RunAsync(_environment, _folder.FullName, arguments);

    /// <summary>As a machine in Azure is.</summary>
    private void SignIn()
    {
        _environment["IDENTITY_ENDPOINT"] = _identity.Address + "/token";
        _environment["IDENTITY_HEADER"] = "of-this-machine";
    }

    private static Task GiveTokenAsync(HttpContext context)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = new { aud = "https://storage.azure.com", iss = "https://sts.windows.net/00000000-0000-0000-0000-000000000001/", iat = now - 60, nbf = now - 60, exp = now + 3600 };
        var token = $"{Part(new { alg = "RS256", typ = "JWT" })}.{Part(claims)}.c2ln";
        return context.Response.WriteAsJsonAsync(new { access_token = token, expires_on = $"{now + 3600}", resource = claims.aud, token_type = "Bearer" });
    }

    private static string Part(object json) =>
        Convert.ToBase64String(JsonSerializer.SerializeToUtf8Bytes(json)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
