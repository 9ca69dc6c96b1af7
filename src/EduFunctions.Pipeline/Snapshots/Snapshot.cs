using System.Collections.Concurrent;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>A complete pull, as its manifest lists it.</summary>
/// <param name="open">Opens a stored page by its path; null when it is gone.</param>
public sealed class Snapshot(SnapshotManifest manifest, Func<string, CancellationToken, Task<Stream?>> open)
{
    private const long MostKept = 8 << 20;

    private readonly ConcurrentDictionary<string, byte[]> _kept = new(StringComparer.Ordinal);
    private long _room = MostKept;

    public SnapshotManifest Manifest { get; } = manifest;

    /// <summary>The snapshot of a run; null when the pull is not complete.</summary>
    public static async Task<Snapshot?> FindAsync(BlobStorage blobs, string tenant, string run, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Snapshots, SnapshotPath.Manifest(tenant, run), ct) is { } blob
            ? new Snapshot(
                SnapshotManifest.Parse(SnapshotPath.Manifest(tenant, run), blob.Content),
                (name, stop) => blobs.OpenAsync(Containers.Snapshots, name, stop))
            : null;

    /// <summary>The same for who can do without: null also for one whose manifest is damaged.</summary>
    public static async Task<Snapshot?> TryFindAsync(BlobStorage blobs, string tenant, string run, CancellationToken ct)
    {
        try
        {
            return await FindAsync(blobs, tenant, run, ct);
        }
        catch (UnreadableBlobException)
        {
            return null;
        }
    }

    public IReadOnlyList<PageManifest> Pages(string collection) =>
        Manifest.Collections.TryGetValue(collection, out var pages) ? pages.Pages : [];

    public int Rows(string collection) => Manifest.Collections.GetValueOrDefault(collection)?.Rows ?? 0;

    /// <summary>The answer body of a page, proven to be the one that was stored.</summary>
    internal Task<RentedBody> ReadPageAsync(string collection, PageManifest page, CancellationToken ct) =>
        PageReader.ReadAsync((name, stop) => OpenAsync(name, page, stop), Name(collection, page), page, ct);

    /// <summary>The same, compressed as it is stored.</summary>
    internal Task<RentedBody> ReadStoredAsync(string collection, PageManifest page, CancellationToken ct) =>
        PageReader.ReadStoredAsync((name, stop) => OpenAsync(name, page, stop), Name(collection, page), page, ct);

    /// <summary>Its pages, by collection and what stands on them.</summary>
    internal IEnumerable<string> PageNames => Manifest.Collections.SelectMany(entry => entry.Value.Pages.Select(page => NameOf(entry.Key, page)));

    private static string NameOf(string collection, PageManifest page) => $"{collection} {page.Sha256}";

    /// <summary>The same snapshot as far as these pages have not been seen in others.</summary>
    /// <param name="seen">Names of pages, as <see cref="PageNames"/> has them.</param>
    internal Snapshot Without(IReadOnlySet<string> seen) => new(
        Manifest with
        {
            Collections = new SortedDictionary<string, CollectionManifest>(
                Manifest.Collections.ToDictionary(
                    entry => entry.Key, entry => entry.Value with { Pages = [.. entry.Value.Pages.Where(page => !seen.Contains(NameOf(entry.Key, page)))] }),
                StringComparer.Ordinal),
        },
        open);

    /// <summary>The same as a stream, for pages that may be too large for memory.</summary>
    internal async Task<ProvenPage> OpenPageAsync(string collection, PageManifest page, CancellationToken ct) =>
        new(Name(collection, page), page, await OpenAsync(Name(collection, page), page, ct) ?? throw PageReader.Gone(Name(collection, page)));

    private string Name(string collection, PageManifest page) =>
        SnapshotPath.Page(Manifest.Tenant, Manifest.Run, collection, page.Page, Manifest.Extension);

    /// <summary>The first pages are kept, compressed: those of a small tenant are then read once, however often they are asked for.</summary>
    private async Task<Stream?> OpenAsync(string name, PageManifest page, CancellationToken ct)
    {
        if (_kept.TryGetValue(name, out var kept))
        {
            return new MemoryStream(kept, writable: false);
        }

        var stored = await open(name, ct);
        if (stored is null || Interlocked.Add(ref _room, -page.StoredBytes) < 0)
        {
            return stored;
        }

        await using (stored)
        {
            var copy = new MemoryStream((int)page.StoredBytes);
            await stored.CopyToAsync(copy, ct);
            _kept[name] = copy.ToArray();
            copy.Position = 0;
            return copy;
        }
    }
}
