using System.Collections.Concurrent;
using System.Text.Json;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>Stores the pages of one pull as they come, knows those stored before, and seals the whole with a manifest.</summary>
public sealed class SnapshotWriter
{
    private readonly ConcurrentDictionary<string, StoredCollection> _collections = new(StringComparer.Ordinal);
    private readonly BlobStorage _blobs;
    private readonly string _tenant;
    private readonly string _run;
    private readonly string _extension;
    private readonly Action<string, int, int> _onPage;

    private SnapshotWriter(BlobStorage blobs, string tenant, string run, string extension, Action<string, int, int> onPage)
    {
        _blobs = blobs;
        _tenant = tenant;
        _run = run;
        _extension = extension;
        _onPage = onPage;
    }

    /// <summary>Takes up what an earlier slice, ended or killed, has stored.</summary>
    /// <param name="onPage">Called after each page with the collection and its pages and rows so far.</param>
    public static async Task<SnapshotWriter> OpenAsync(
        BlobStorage blobs, string tenant, string run, string extension, Action<string, int, int> onPage, CancellationToken ct)
    {
        var snapshot = new SnapshotWriter(blobs, tenant, run, extension, onPage);
        var folder = SnapshotPath.Folder(tenant, run);
        await foreach (var blob in blobs.ListAsync(Containers.Snapshots, folder, ct))
        {
            // Pages are listed in order; one that is left over from before a restart does not follow on and is written over.
            if (SnapshotPath.Parse(folder, blob.Name) is ({ } collection, var page) && page == snapshot.PageCount(collection))
            {
                snapshot.Collection(collection).Add(StoredPage.FromMetadata(page, blob.Metadata));
            }
        }

        return snapshot;
    }

    /// <summary>The last stored page of a collection; null before the first.</summary>
    public StoredPage? Last(string collection) => Collection(collection).Pages.LastOrDefault();

    public int PageCount(string collection) => Collection(collection).Pages.Count;

    /// <summary>Whether an earlier page of the collection named this token as its next.</summary>
    public bool HasToken(string collection, string? token) => token is not null && Collection(collection).Tokens.Contains(token);

    /// <summary>Stores the next page of a collection. One caller per collection at a time.</summary>
    /// <param name="gzipped">The answer body, compressed.</param>
    public async Task AddAsync(string collection, StoredPage page, ReadOnlyMemory<byte> gzipped, CancellationToken ct)
    {
        var name = SnapshotPath.Page(_tenant, _run, collection, page.Manifest.Page, _extension);
        await _blobs.WriteAsync(Containers.Snapshots, name, gzipped, ct, page.ToMetadata());
        var stored = Collection(collection);
        stored.Add(page);
        _onPage(collection, stored.Pages.Count, stored.Rows);
    }

    /// <summary>Forgets the collection's pages: they are about to be read anew.</summary>
    public void Restart(string collection) => _collections[collection] = new StoredCollection();

    /// <summary>Writes the manifest: from now on the snapshot is complete.</summary>
    public Task SealAsync(string source, DateTimeOffset started, DateTimeOffset finished, CancellationToken ct)
    {
        var collections = _collections.ToDictionary(entry => entry.Key, entry => entry.Value.ToManifest());
        var manifest = new SnapshotManifest
        {
            Tenant = _tenant,
            Run = _run,
            Source = source,
            Started = started,
            Finished = finished,
            Extension = _extension,
            Collections = new SortedDictionary<string, CollectionManifest>(collections, StringComparer.Ordinal),
        };
        var json = JsonSerializer.SerializeToUtf8Bytes(manifest, Serialization.Indented);
        return _blobs.WriteAsync(Containers.Snapshots, SnapshotPath.Manifest(_tenant, _run), json, ct);
    }

    private StoredCollection Collection(string name) => _collections.GetOrAdd(name, _ => new StoredCollection());

    private sealed class StoredCollection
    {
        public List<StoredPage> Pages { get; } = [];

        public HashSet<string> Tokens { get; } = new(StringComparer.Ordinal);

        public int Rows { get; private set; }

        public void Add(StoredPage page)
        {
            Pages.Add(page);
            Rows += page.Manifest.Rows;
            if (page.Next is not null)
            {
                Tokens.Add(page.Next);
            }
        }

        public CollectionManifest ToManifest() => new(Rows, [.. Pages.Select(page => page.Manifest)]);
    }
}
