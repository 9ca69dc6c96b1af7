using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.OpenPgp;

/// <summary>GnuPG with a key ring of its own: makes keys, takes others' in, opens messages.</summary>
public sealed class GnuPg : IAsyncDisposable
{
    private static readonly DebianProgram Program = new("gpg", "/usr/bin/gpg", "gnupg");

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("gpg-");
    private readonly string _program;

    private GnuPg(string program) => _program = program;

    public static async Task<GnuPg> StartAsync(CancellationToken ct = default)
    {
        var gpg = new GnuPg(await Program.FindOrInstallAsync(ct));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(gpg._home.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return gpg;
    }

    /// <param name="algorithm">Such as <c>rsa3072</c>; <c>future-default</c> takes elliptic curves.</param>
    public async Task MakeKeyAsync(string owner, string passphrase = "", string algorithm = "rsa3072", CancellationToken ct = default)
    {
        await RunAsync(ct, "--passphrase", passphrase, "--quick-generate-key", owner, algorithm, algorithm.StartsWith("rsa", StringComparison.Ordinal) ? "sign" : "default", "never");
        if (algorithm.StartsWith("rsa", StringComparison.Ordinal))
        {
            await RunAsync(ct, "--passphrase", passphrase, "--quick-add-key", await FingerprintAsync(owner, ct), algorithm, "encr", "never");
        }
    }

    /// <summary>A further subkey, newer than the ones there are.</summary>
    public async Task AddSubkeyAsync(string owner, string algorithm, CancellationToken ct = default) =>
        await RunAsync(ct, "--passphrase", "", "--quick-add-key", await FingerprintAsync(owner, ct), algorithm, "encr", "never");

    /// <summary>A key of the past, with subkeys of the same day.</summary>
    /// <param name="until">The last day on which it is good, such as <c>2025-01-01</c>; <c>never</c> for none.</param>
    public async Task MakeOldKeyAsync(string owner, string created, string until, CancellationToken ct = default)
    {
        await RunAsync(ct, "--faked-system-time", created, "--passphrase", "", "--quick-generate-key", owner, "rsa3072", "sign", until);
        await RunAsync(ct, "--faked-system-time", created, "--passphrase", "", "--quick-add-key", await FingerprintAsync(owner, ct), "rsa3072", "encr", "never");
    }

    /// <summary>Takes back the main key, and with it all others.</summary>
    public async Task RevokeAsync(string owner, CancellationToken ct = default)
    {
        var certificate = Path.Combine(_home.FullName, "openpgp-revocs.d", $"{await FingerprintAsync(owner, ct)}.rev");

        // GnuPG puts a colon before the certificate, so that nobody imports it by mistake.
        await ImportAsync((await File.ReadAllTextAsync(certificate, ct)).Replace(":-----BEGIN", "-----BEGIN", StringComparison.Ordinal), ct);
    }

    /// <summary>Ids of the keys that a message is encrypted for.</summary>
    public async Task<IReadOnlyList<string>> ReceiversAsync(byte[] message, CancellationToken ct = default) =>
        [.. (await OpenAsync(message, ct)).Status.Split('\n').Where(line => line.StartsWith("[GNUPG:] ENC_TO", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];

    /// <summary>Ids of an owner's subkeys, oldest first.</summary>
    public async Task<IReadOnlyList<string>> SubkeysAsync(string owner, CancellationToken ct = default) =>
        [.. (await RunAsync(ct, "--with-colons", "--list-keys", owner)).Split('\n').Where(line => line.StartsWith("sub:", StringComparison.Ordinal)).Select(line => line.Split(':')[4])];

    public Task<string> ExportPublicAsync(string owner, CancellationToken ct = default) => RunAsync(ct, "--armor", "--export", owner);

    public Task<string> ExportPrivateAsync(string owner, string passphrase = "", CancellationToken ct = default) =>
        RunAsync(ct, "--passphrase", passphrase, "--armor", "--export-secret-keys", owner);

    public async Task ImportAsync(string key, CancellationToken ct = default)
    {
        var file = Path.Combine(_home.FullName, $"{Guid.NewGuid():n}.asc");
        await File.WriteAllTextAsync(file, key, ct);
        await RunAsync(ct, "--import", file);
    }

    /// <summary>The content of a message, and what gpg says about its signature.</summary>
    public async Task<(byte[] Content, string Status)> OpenAsync(byte[] message, CancellationToken ct = default)
    {
        var file = Path.Combine(_home.FullName, $"{Guid.NewGuid():n}.pgp");
        await File.WriteAllBytesAsync(file, message, ct);
        var status = await RunAsync(ct, "--status-fd", "2", "--output", $"{file}.out", "--decrypt", file);
        return (await File.ReadAllBytesAsync($"{file}.out", ct), status);
    }

    public async ValueTask DisposeAsync()
    {
        if (CommandLine.Find("gpgconf") is { } gpgconf)
        {
            await CommandLine.RunAsync(gpgconf, ["--homedir", _home.FullName, "--kill", "all"], Path.GetTempPath(), CancellationToken.None);
        }

        _home.Delete(recursive: true);
    }

    private async Task<string> FingerprintAsync(string owner, CancellationToken ct) =>
        (await RunAsync(ct, "--with-colons", "--list-keys", owner)).Split('\n').First(line => line.StartsWith("fpr:", StringComparison.Ordinal)).Split(':')[9];

    private async Task<string> RunAsync(CancellationToken ct, params IEnumerable<string> arguments)
    {
        string[] all = ["--homedir", _home.FullName, "--batch", "--yes", "--quiet", "--no-permission-warning", "--pinentry-mode", "loopback", .. arguments];
        var (exitCode, output) = await CommandLine.RunAsync(_program, all, Path.GetTempPath(), ct);
        return exitCode == 0 ? output : throw new InvalidOperationException($"gpg ended with {exitCode}:\n{output}");
    }
}
