using System.Security.Cryptography;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Snapshots;

internal static class PageReader
{
    /// <summary>The answer body of a stored page, proven to be the one that was stored.</summary>
    public static async Task<RentedBody> ReadAsync(
        Func<string, CancellationToken, Task<Stream?>> open, string name, PageManifest page, CancellationToken ct)
    {
        using var stored = await ReadStoredAsync(open, name, page, ct);
        return await RentedBody.GunzipAsync(stored.AsStream(), (int)page.Bytes, ct);
    }

    /// <summary>The same, compressed as it is stored.</summary>
    public static async Task<RentedBody> ReadStoredAsync(
        Func<string, CancellationToken, Task<Stream?>> open, string name, PageManifest page, CancellationToken ct)
    {
        await using var stream = await open(name, ct) ?? throw Gone(name);
        var stored = await RentedBody.ReadAsync(stream, (int)page.StoredBytes, ct);
        if (Convert.ToHexStringLower(SHA256.HashData(stored.Bytes)) == page.StoredSha256)
        {
            return stored;
        }

        stored.Dispose();
        throw Changed(name);
    }

    public static RunHeldException Gone(string name) => new($"The stored page {name} is gone. Repeat the run: it pulls anew.");

    public static RunHeldException Changed(string name) =>
        new($"The stored page {name} is not what the manifest says (SHA-256). Repeat the run: it pulls anew.");
}
