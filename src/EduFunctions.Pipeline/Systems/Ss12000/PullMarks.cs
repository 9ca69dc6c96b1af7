using System.Runtime.InteropServices;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// What the next pull asks of this one: where each row stands and what it is without, and which ids it refers to and does not have. Kept beside the pages, since
/// to read all of them once more costs more than to pull them.
/// </summary>
internal sealed class PullMarks
{
    private const int Version = 1;

    /// <summary>In bytes of one collection: what JSON holds in one value. Whoever has more rows, five million, reads pages.</summary>
    private const int MostBytes = 60_000_000;

    private readonly Dictionary<string, RowMarks> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<ulong>> _missing = new(StringComparer.Ordinal);

    private PullMarks()
    {
    }

    public RowMarks this[string collection] => _rows.TryGetValue(collection, out var rows) ? rows : _rows[collection] = new RowMarks();

    /// <summary>Whether the pull refers to it and does not have it.</summary>
    public bool Misses(string collection, EntityId id) => _missing.TryGetValue(collection, out var missing) && missing.Contains(RowMarks.HashOf(id));

    /// <summary>Whether the pull has it, be it from a look-up.</summary>
    public bool Has(string collection, EntityId id) => this[collection].Has(id) || (collection == "persons" && this[PersonLookup.Collection].Has(id));

    public static async Task StoreAsync(SnapshotWriter snapshot, PullIds ids, IReadOnlyList<string> wanted, CancellationToken ct)
    {
        if (snapshot.Pages(SnapshotManifest.Marks).Count > 0)
        {
            snapshot.Restart(SnapshotManifest.Marks);
        }

        if (Page(ids, wanted) is { } page)
        {
            await OwnPage.AddAsync(snapshot, SnapshotManifest.Marks, page, rows: 0, ct);
        }
    }

    /// <summary>Null for more than a page holds.</summary>
    public static byte[]? Page(PullIds ids, IReadOnlyList<string> wanted)
    {
        var stored = new Stored(
            Version, [], With(wanted.Append(PersonLookup.Collection), collection => ids[collection].Marks!.ToBytes()),
            With(wanted, collection => MemoryMarshal.AsBytes<ulong>([.. ids.Missing(collection, wanted).Select(RowMarks.HashOf)]).ToArray()));
        return stored.Rows.Values.Concat(stored.Missing.Values).All(bytes => bytes.Length <= MostBytes)
            ? JsonSerializer.SerializeToUtf8Bytes(stored, Serialization.Compact)
            : null;
    }

    /// <summary>As they were kept; of a pull without them, as those of releases before, of all its pages.</summary>
    /// <exception cref="RunHeldException">A page is gone or damaged.</exception>
    public static async Task<PullMarks> ReadAsync(Snapshot pull, IReadOnlyList<string> wanted, CancellationToken ct) =>
        await TryReadAsync(pull, ct) ?? await OfPagesAsync(pull, wanted, ct);

    private static async Task<PullMarks?> TryReadAsync(Snapshot pull, CancellationToken ct)
    {
        try
        {
            foreach (var page in pull.Pages(SnapshotManifest.Marks))
            {
                using var body = await pull.ReadPageAsync(SnapshotManifest.Marks, page, ct);
                return JsonSerializer.Deserialize<Stored>(body.Bytes, Serialization.Compact) is { Version: Version } stored ? Of(stored) : null;
            }
        }
        catch (Exception e) when (e is RunHeldException or JsonException or InvalidDataException)
        {
            // The pages say the same.
        }

        return null;
    }

    private static PullMarks Of(Stored stored)
    {
        var marks = new PullMarks();
        foreach (var (collection, bytes) in stored.Rows)
        {
            marks._rows[collection] = new RowMarks(bytes);
        }

        foreach (var (collection, bytes) in stored.Missing)
        {
            marks._missing[collection] = [.. MemoryMarshal.Cast<byte, ulong>(bytes)];
        }

        return marks;
    }

    private static async Task<PullMarks> OfPagesAsync(Snapshot pull, IReadOnlyList<string> wanted, CancellationToken ct)
    {
        var (marks, ids) = (new PullMarks(), new PullIds());
        foreach (var (collection, into) in wanted.Select(name => (name, name)).Append((PersonLookup.Collection, "persons")))
        {
            foreach (var page in pull.Pages(collection))
            {
                using var body = await pull.ReadPageAsync(collection, page, ct);
                var found = ids.New(collection);
                found.Begin(page.Page);
                PageBody.Parse(body.Bytes, found);
                marks[collection].Add(found.Marks!);
                ids[into].Add(found);
            }
        }

        foreach (var collection in wanted)
        {
            marks._missing[collection] = [.. ids.Missing(collection, wanted).Select(RowMarks.HashOf)];
        }

        return marks;
    }

    private static Dictionary<string, byte[]> With(IEnumerable<string> collections, Func<string, byte[]> bytes) =>
        collections.Select(collection => (Collection: collection, Bytes: bytes(collection))).Where(entry => entry.Bytes.Length > 0)
            .ToDictionary(entry => entry.Collection, entry => entry.Bytes, StringComparer.Ordinal);

    /// <param name="Data">A page of rows, for whoever reads all pages, without any.</param>
    private sealed record Stored(int Version, IReadOnlyList<string> Data, Dictionary<string, byte[]> Rows, Dictionary<string, byte[]> Missing);
}
