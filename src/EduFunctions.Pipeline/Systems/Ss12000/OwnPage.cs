using System.IO.Compression;
using System.Security.Cryptography;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Pages of a snapshot that no source has handed out: what a pull notes for its readers.</summary>
internal static class OwnPage
{
    /// <summary>Stores it as the collection's next page, and last.</summary>
    public static Task AddAsync(SnapshotWriter snapshot, string collection, byte[] body, int rows, CancellationToken ct)
    {
        var (number, gzipped) = (snapshot.Pages(collection).Count, Gzip(body));
        var manifest = new PageManifest(number, rows, body.Length, Hex(body), gzipped.Length, Hex(gzipped));
        return snapshot.AddAsync(collection, new StoredPage(manifest, Next: null), gzipped, ct);
    }

    public static byte[] Gzip(ReadOnlySpan<byte> body)
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return stored.ToArray();
    }

    public static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
