using System.IO.Compression;
using System.Security.Cryptography;

namespace EduFunctions.Pipeline.Snapshots;

internal static class PageReader
{
    /// <summary>The answer body of a stored page, proven to be the one that was stored.</summary>
    public static async Task<byte[]> ReadAsync(
        Func<string, CancellationToken, Task<Stream?>> open, string name, PageManifest page, CancellationToken ct)
    {
        await using var stored = await open(name, ct)
            ?? throw new RunHeldException($"The stored page {name} is gone. Repeat the run: it pulls anew.");
        await using var gunzip = new GZipStream(stored, CompressionMode.Decompress);
        var body = new byte[page.Bytes];
        var length = await gunzip.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
        var isIntact = length == body.Length && Convert.ToHexStringLower(SHA256.HashData(body)) == page.Sha256;
        return isIntact
            ? body
            : throw new RunHeldException($"The stored page {name} is not what the manifest says (SHA-256). Repeat the run: it pulls anew.");
    }
}
