using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>A complete pull, as its manifest lists it.</summary>
public sealed class Snapshot(BlobStorage blobs, SnapshotManifest manifest)
{
    public SnapshotManifest Manifest { get; } = manifest;

    /// <summary>The snapshot of a run; null when the pull is not complete.</summary>
    public static async Task<Snapshot?> FindAsync(BlobStorage blobs, string tenant, string run, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Snapshots, SnapshotPath.Manifest(tenant, run), ct) is { } blob
            ? new Snapshot(blobs, JsonSerializer.Deserialize<SnapshotManifest>(blob.Content, Serialization.Indented)!)
            : null;

    public IReadOnlyList<PageManifest> Pages(string collection) =>
        Manifest.Collections.TryGetValue(collection, out var pages) ? pages.Pages : [];

    /// <summary>The answer body of a page, proven to be the one that was stored.</summary>
    public async Task<byte[]> ReadPageAsync(string collection, PageManifest page, CancellationToken ct)
    {
        var name = SnapshotPath.Page(Manifest.Tenant, Manifest.Run, collection, page.Page, Manifest.Extension);
        await using var stored = await blobs.OpenAsync(Containers.Snapshots, name, ct)
            ?? throw new RunHeldException($"The stored page {name} is gone. Repeat the run: it pulls anew.");
        await using var gunzip = new GZipStream(stored, CompressionMode.Decompress);
        var body = new byte[page.Bytes];
        var length = await gunzip.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
        var intact = length == body.Length && Convert.ToHexStringLower(SHA256.HashData(body)) == page.Sha256;
        return intact
            ? body
            : throw new RunHeldException($"The stored page {name} is not what the manifest says (SHA-256). Repeat the run: it pulls anew.");
    }
}
