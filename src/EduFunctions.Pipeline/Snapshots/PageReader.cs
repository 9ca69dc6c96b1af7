using System.Security.Cryptography;

namespace EduFunctions.Pipeline.Snapshots;

internal static class PageReader
{
    /// <summary>The answer body of a stored page, proven to be the one that was stored.</summary>
    public static async Task<RentedBody> ReadAsync(
        Func<string, CancellationToken, Task<Stream?>> open, string name, PageManifest page, CancellationToken ct)
    {
        await using var stored = await open(name, ct)
            ?? throw new RunHeldException($"The stored page {name} is gone. Repeat the run: it pulls anew.");
        var body = await RentedBody.GunzipAsync(stored, (int)page.Bytes, ct);
        if (Convert.ToHexStringLower(SHA256.HashData(body.Bytes)) == page.Sha256)
        {
            return body;
        }

        body.Dispose();
        throw new RunHeldException($"The stored page {name} is not what the manifest says (SHA-256). Repeat the run: it pulls anew.");
    }
}
