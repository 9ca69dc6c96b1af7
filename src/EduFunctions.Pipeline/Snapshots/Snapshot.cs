using System.IO.Compression;
using System.Text.Json;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>A complete pull, as its manifest lists it.</summary>
/// <param name="open">Opens a stored page by its path; null when it is gone.</param>
public sealed class Snapshot(SnapshotManifest manifest, Func<string, CancellationToken, Task<Stream?>> open)
{
    public SnapshotManifest Manifest { get; } = manifest;

    /// <summary>The snapshot of a run; null when the pull is not complete.</summary>
    public static async Task<Snapshot?> FindAsync(BlobStorage blobs, string tenant, string run, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Snapshots, SnapshotPath.Manifest(tenant, run), ct) is { } blob
            ? new Snapshot(
                JsonSerializer.Deserialize<SnapshotManifest>(blob.Content, Serialization.Indented)!,
                (name, stop) => blobs.OpenAsync(Containers.Snapshots, name, stop))
            : null;

    public IReadOnlyList<PageManifest> Pages(string collection) =>
        Manifest.Collections.TryGetValue(collection, out var pages) ? pages.Pages : [];

    public int Rows(string collection) => Manifest.Collections.GetValueOrDefault(collection)?.Rows ?? 0;

    /// <summary>The answer body of a page, proven to be the one that was stored.</summary>
    internal Task<RentedBody> ReadPageAsync(string collection, PageManifest page, CancellationToken ct) =>
        PageReader.ReadAsync(open, SnapshotPath.Page(Manifest.Tenant, Manifest.Run, collection, page.Page, Manifest.Extension), page, ct);

    /// <summary>The answer body of a page as a stream, for pages larger than the memory; whoever reads to its end has read what was stored.</summary>
    internal async Task<Stream> OpenPageAsync(string collection, PageManifest page, CancellationToken ct)
    {
        var name = SnapshotPath.Page(Manifest.Tenant, Manifest.Run, collection, page.Page, Manifest.Extension);
        var stored = await open(name, ct) ?? throw new RunHeldException($"The stored page {name} is gone. Repeat the run: it pulls anew.");
        return new ProvenStream(new GZipStream(stored, CompressionMode.Decompress), name, page.Sha256);
    }
}
