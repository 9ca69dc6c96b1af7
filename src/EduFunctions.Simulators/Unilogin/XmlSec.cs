using EduFunctions.Simulators.Node;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>xmlsec1, a second opinion on signatures; on Debian it is installed when it is missing.</summary>
public static class XmlSec
{
    private static readonly DebianProgram Program = new("xmlsec1", "/usr/bin/xmlsec1", "xmlsec1");
    private static readonly string[] Parts = ["Body", "Action", "To", "MessageID", "RelatesTo", "UdbydersystemId", "Timestamp"];

    /// <summary>Whether the signature is good, by the certificate, and what xmlsec1 says about it.</summary>
    public static async Task<(bool IsGood, string Output)> VerifyAsync(byte[] envelope, string certificatePem, CancellationToken ct = default)
    {
        var (exitCode, output) = await RunAsync(["--verify", "--pubkey-cert-pem"], certificatePem, envelope, ct);
        return (exitCode == 0, output);
    }

    /// <summary>Fills in the digests and the value of a signature that has none yet.</summary>
    public static async Task<string> SignAsync(byte[] envelope, string keyPem, CancellationToken ct = default)
    {
        var (exitCode, output) = await RunAsync(["--sign", "--privkey-pem"], keyPem, envelope, ct);
        return exitCode == 0 ? output : throw new InvalidOperationException($"xmlsec1 does not sign: {output}");
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string[] command, string pem, byte[] envelope, CancellationToken ct)
    {
        var program = await Program.FindOrInstallAsync(ct);
        var folder = Directory.CreateTempSubdirectory("xmlsec-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "key.pem"), pem, ct);
            await File.WriteAllBytesAsync(Path.Combine(folder.FullName, "envelope.xml"), envelope, ct);
            string[] ids = [.. Parts.SelectMany(part => (string[])["--id-attr:Id", part])];
            return await CommandLine.RunAsync(program, [.. command, "key.pem", .. ids, "envelope.xml"], folder.FullName, ct);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
