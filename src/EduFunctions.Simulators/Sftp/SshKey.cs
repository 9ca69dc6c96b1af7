using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.Sftp;

/// <summary>A key pair made by ssh-keygen, in OpenSSH's own format.</summary>
public sealed record SshKey(string PrivateKeyFile)
{
    public string PublicKeyFile => PrivateKeyFile + ".pub";

    public string PrivateKey => File.ReadAllText(PrivateKeyFile);

    /// <summary>The line for <c>authorized_keys</c>.</summary>
    public string PublicKey => File.ReadAllText(PublicKeyFile).Trim();

    /// <param name="kind">As ssh-keygen names it, with the bits where they are not the usual ones, such as <c>rsa:1024</c>.</param>
    /// <param name="format">Of the private key: OpenSSH's own, or <c>PEM</c> or <c>PKCS8</c>.</param>
    public static async Task<SshKey> MakeAsync(
        string file, string kind = "ed25519", string passphrase = "", string? format = null, CancellationToken ct = default)
    {
        var (type, bits) = (kind.Split(':')[0], kind.Contains(':') ? new[] { "-b", kind.Split(':')[1] } : []);
        var form = format is null ? Array.Empty<string>() : ["-m", format];
        await KeygenAsync(["-q", "-t", type, .. bits, .. form, "-N", passphrase, "-C", "simulator", "-f", file], ct);
        return new SshKey(file);
    }

    /// <summary>As <c>SHA256:…</c>.</summary>
    public async Task<string> FingerprintAsync(CancellationToken ct = default)
    {
        var line = await KeygenAsync(["-l", "-E", "sha256", "-f", PublicKeyFile], ct);
        return line.Split(' ')[1];
    }

    private static async Task<string> KeygenAsync(string[] arguments, CancellationToken ct)
    {
        var program = CommandLine.Find("ssh-keygen")
            ?? throw new InvalidOperationException("ssh-keygen is not on PATH. Install the OpenSSH client (openssh-client).");
        var (exitCode, output) = await CommandLine.RunAsync(program, arguments, Path.GetTempPath(), ct);
        return exitCode == 0 ? output : throw new InvalidOperationException($"ssh-keygen ended with {exitCode}:\n{output}");
    }
}
