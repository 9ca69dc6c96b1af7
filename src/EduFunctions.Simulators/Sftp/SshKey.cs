using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.Sftp;

/// <summary>A key pair made by ssh-keygen, in OpenSSH's own format.</summary>
public sealed record SshKey(string PrivateKeyFile)
{
    public string PublicKeyFile => PrivateKeyFile + ".pub";

    public string PrivateKey => File.ReadAllText(PrivateKeyFile);

    /// <summary>The line for <c>authorized_keys</c>.</summary>
    public string PublicKey => File.ReadAllText(PublicKeyFile).Trim();

    public static async Task<SshKey> MakeAsync(string file, CancellationToken ct = default)
    {
        await KeygenAsync(["-q", "-t", "ed25519", "-N", "", "-C", "simulator", "-f", file], ct);
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
