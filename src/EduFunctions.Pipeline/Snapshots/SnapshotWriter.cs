using System.Collections.Concurrent;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
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

    /// <summary>For a pull of which nothing is stored yet.</summary>
    /// <param name="onPage">Called after each page with the collection and its pages and rows so far.</param>
    public SnapshotWriter(BlobStorage blobs, string tenant, string run, string extension, Action<string, int, int> onPage)
    {
        _blobs = blobs;
        _tenant = tenant;
        _run = run;
        _extension = extension;
        _onPage = onPage;
    }

    /// <summary>By collection, when the source has read all: what is known of its ids.</summary>
    public ConcurrentDictionary<string, IdCounts> Ids { get; } = new(StringComparer.Ordinal);

    /// <summary>What the manifest is to say besides; filled when the source has read all.</summary>
    public IList<PullNote> Notes { get; } = [];

    /// <summary>What changes are applied to; null for a full pull.</summary>
    public PullBasis? Basis { get; set; }

    /// <summary>Finds the pull before this one, for sources that have to know what it had; null where there is none.</summary>
    public Func<CancellationToken, Task<Snapshot?>> FindEarlierAsync { get; set; } = static _ => Task.FromResult<Snapshot?>(null);

    /// <summary>SHA-256 of what the tenant file says of the source.</summary>
    public string? Settings { get; set; }

    /// <summary>The day that the run is for.</summary>
    public DateOnly? Date { get; set; }

    /// <summary>The tenant's last full pull that was not held; null when there is none.</summary>
    public LastPull? Last { get; set; }

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
            if (SnapshotPath.Parse(folder, blob.Name) is ({ } collection, var page) && page == snapshot.Pages(collection).Count)
            {
                snapshot.Collection(collection).TakeUp(StoredPage.FromMetadata(page, blob.Metadata));
            }
        }

        return snapshot;
    }

    /// <summary>How often the collection was begun anew.</summary>
    public int Attempt(string collection) => Collection(collection).Attempt;

    /// <summary>The stored pages of a collection, in order.</summary>
    public IReadOnlyList<StoredPage> Pages(string collection) => Collection(collection).Pages;

    /// <summary>Whether an earlier page of the collection named this token as its next.</summary>
    public bool HasToken(string collection, string? token) => token is not null && Collection(collection).Tokens.Contains(token);

    /// <summary>Stores the next page of a collection. One caller per collection at a time.</summary>
    /// <param name="gzipped">The answer body, compressed.</param>
    public async Task AddAsync(string collection, StoredPage page, ReadOnlyMemory<byte> gzipped, CancellationToken ct)
    {
        page = page with { Attempt = Attempt(collection), Former = Former(collection) };
        await _blobs.WriteAsync(Containers.Snapshots, Name(collection, page), gzipped, ct, page.ToMetadata());
        Keep(collection, page);
    }

    /// <inheritdoc cref="AddAsync(string, StoredPage, ReadOnlyMemory{byte}, CancellationToken)"/>
    public async Task AddAsync(string collection, StoredPage page, Stream gzipped, CancellationToken ct)
    {
        page = page with { Attempt = Attempt(collection), Former = Former(collection) };
        await _blobs.WriteAsync(Containers.Snapshots, Name(collection, page), gzipped, ct, page.ToMetadata());
        Keep(collection, page);
    }

    /// <summary>Takes over the only page of a collection from an earlier run of the tenant; false when that run has none.</summary>
    public async Task<bool> TryCopyAsync(string run, string collection, CancellationToken ct)
    {
        var name = SnapshotPath.Page(_tenant, run, collection, 0, _extension);
        await foreach (var blob in _blobs.ListAsync(Containers.Snapshots, name, ct))
        {
            var page = StoredPage.FromMetadata(0, blob.Metadata);
            await using var content = await _blobs.OpenAsync(Containers.Snapshots, name, ct);
            if (content is null)
            {
                return false;
            }

            await AddAsync(collection, page with { Manifest = page.Manifest with { CopiedFrom = page.Manifest.CopiedFrom ?? run } }, content, ct);
            return true;
        }

        return false;
    }

    /// <summary>What the last full pull had; null when there is none, or it is not kept any more.</summary>
    internal async Task<Snapshot?> LastPullAsync(CancellationToken ct) => Last is null ? null : await Snapshot.TryFindAsync(_blobs, _tenant, Last.Run, ct);

    /// <summary>The answer body of a page that is stored already.</summary>
    internal Task<RentedBody> ReadAsync(string collection, StoredPage page, CancellationToken ct) =>
        PageReader.ReadAsync(
            (name, stop) => _blobs.OpenAsync(Containers.Snapshots, name, stop),
            SnapshotPath.Page(_tenant, _run, collection, page.Manifest.Page, _extension), page.Manifest, ct);

    /// <summary>Forgets the collection's pages: they are about to be read anew.</summary>
    /// <param name="former">A hash of what they held, to be kept beside the new ones; null where nobody asks for it.</param>
    public void Restart(string collection, string? former = null) => _collections[collection] = new StoredCollection { Attempt = Attempt(collection) + 1, Former = former };

    /// <summary>What <see cref="Restart"/> was told of the pages that it forgot.</summary>
    public string? Former(string collection) => Collection(collection).Former;

    /// <summary>Writes the manifest: from now on the snapshot is complete.</summary>
    /// <returns>What was written.</returns>
    public async Task<StoredRecord> SealAsync(string source, DateTimeOffset started, DateTimeOffset finished, LastPull? previous, CancellationToken ct)
    {
        var manifest = Manifest(source, started, finished, previous);
        var stored = new StoredRecord(
            Containers.Snapshots, SnapshotPath.Manifest(_tenant, _run), JsonSerializer.SerializeToUtf8Bytes(manifest, Serialization.Indented));
        await _blobs.WriteAsync(stored.Container, stored.Name, stored.Content, ct);
        return stored;
    }

    /// <summary>What is stored so far, of a pull that will not become complete; nobody else gets to see it.</summary>
    internal Snapshot Incomplete(string source, DateTimeOffset started, DateTimeOffset finished) => new(
        Manifest(source, started, finished, previous: null) with { Complete = false }, (name, stop) => _blobs.OpenAsync(Containers.Snapshots, name, stop));

    /// <summary>What is stored so far, to be read by whoever stores.</summary>
    internal Snapshot SoFar => new(Manifest("", default, default, previous: null), (name, stop) => _blobs.OpenAsync(Containers.Snapshots, name, stop));

    private SnapshotManifest Manifest(string source, DateTimeOffset started, DateTimeOffset finished, LastPull? previous)
    {
        var collections = new SortedDictionary<string, CollectionManifest>(
            _collections.Where(entry => entry.Value.Pages.Count > 0).ToDictionary(entry => entry.Key, entry => Manifest(entry.Key)),
            StringComparer.Ordinal);
        return new SnapshotManifest
        {
            Tenant = _tenant,
            Run = _run,
            Source = source,
            Started = started,
            Finished = finished,
            Extension = _extension,
            Sha256 = Hash.Of(string.Join('\n', collections.Values.SelectMany(collection => collection.Pages).Select(page => page.Sha256))),
            Previous = previous,
            Collections = collections,
            Notes = [.. Notes],
            Clock = _collections.Values.SelectMany(collection => collection.Pages).Min(page => page.Clock),
            Date = Date,
            Settings = Settings,
            Basis = Basis,
        };
    }

    private CollectionManifest Manifest(string name)
    {
        var stored = Collection(name);
        var ids = Ids.GetValueOrDefault(name) ?? new IdCounts(stored.Rows, 0, 0);
        return new CollectionManifest(stored.Rows, ids.Distinct, ids.Resolved, ids.Dangling, [.. Chain(stored.Pages)]);
    }

    private static IEnumerable<PageManifest> Chain(IEnumerable<StoredPage> pages)
    {
        string? token = null;
        foreach (var page in pages)
        {
            var next = page.Next is null ? null : Hash.Of(page.Next)[..16];
            yield return page.Manifest with { Token = token, Next = next };
            token = next;
        }
    }

    private void Keep(string collection, StoredPage page)
    {
        var stored = Collection(collection);
        stored.Add(page);
        _onPage(collection, stored.Pages.Count, stored.Rows);
    }

    private string Name(string collection, StoredPage page) => SnapshotPath.Page(_tenant, _run, collection, page.Manifest.Page, _extension);

    private StoredCollection Collection(string name) => _collections.GetOrAdd(name, _ => new StoredCollection());

    private sealed class StoredCollection
    {
        public List<StoredPage> Pages { get; } = [];

        public HashSet<string> Tokens { get; } = new(StringComparer.Ordinal);

        public int Rows { get; private set; }

        public int Attempt { get; set; }

        public string? Former { get; set; }

        /// <summary>Adds a page that was found stored, unless it is of an earlier attempt than the first.</summary>
        public void TakeUp(StoredPage page)
        {
            (Attempt, Former) = Pages.Count == 0 ? (page.Attempt, page.Former) : (Attempt, Former);
            if (page.Attempt == Attempt)
            {
                Add(page);
            }
        }

        public void Add(StoredPage page)
        {
            Pages.Add(page);
            Rows += page.Manifest.Rows;
            if (page.Next is not null)
            {
                Tokens.Add(page.Next);
            }
        }
    }
}
