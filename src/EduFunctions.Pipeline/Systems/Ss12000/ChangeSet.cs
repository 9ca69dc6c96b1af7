using System.Globalization;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What of one collection has changed, each row proven to be newer than what it replaces, and what of it is gone.</summary>
internal sealed record ChangeSet(string Collection, IReadOnlyDictionary<EntityId, byte[]> Rows, IReadOnlySet<EntityId> Gone)
{
    /// <summary>They are held in memory; where more has changed, to pull everything takes hardly longer.</summary>
    private const int MostRows = 50_000;

    /// <summary>Up to so many rows no share of a collection is too much.</summary>
    private const int AlwaysPass = 10;

    /// <summary>Reads the pages that were asked for.</summary>
    /// <param name="of">Rows that the collection had.</param>
    /// <exception cref="RunHeldException">They cannot be what has changed, or not all of it.</exception>
    public static async Task<ChangeSet> ReadAsync(
        SnapshotWriter snapshot, string collection, IReadOnlySet<EntityId> gone, DateTimeOffset since, int of, CancellationToken ct)
    {
        var (name, rows) = (SnapshotManifest.ChangesOf(collection), new Dictionary<EntityId, byte[]>());
        foreach (var page in snapshot.Pages(name))
        {
            using var body = await snapshot.ReadAsync(name, page, ct);
            var (json, found) = (JsonText.WithoutMark(body.Memory), PageRow.AllOf(JsonText.WithoutMark(body.Bytes)));
            found.ForEach(row => Require(collection, page.Manifest.Page + 1, row, since, gone));

            // Where the first page shows that everything comes, that is the better thing to say.
            RequireFew(collection, snapshot.Pages(name).Sum(each => each.Manifest.Rows), of);
            foreach (var row in found)
            {
                if (!rows.TryAdd(row.Id, json.Span.Slice(row.Start, row.Length).ToArray()))
                {
                    throw Twice(collection);
                }
            }
        }

        return new ChangeSet(collection, rows, gone);
    }

    /// <exception cref="RunHeldException">So much cannot have changed within a day, or is better pulled whole.</exception>
    [Told]
    public static void RequireFew(string collection, int changed, int of)
    {
        if (changed > MostRows || (changed > AlwaysPass && changed * 2L > of))
        {
            throw new RunHeldException(
                $"{changed} rows of {collection}, of {of}, are said to have changed, which is more than half or than {MostRows}, so they are not taken as changes. "
                + "Sync without --changed.");
        }
    }

    [Told]
    private static void Require(string collection, int page, PageRow row, DateTimeOffset since, IReadOnlySet<EntityId> gone)
    {
        if (row.Id.IsNone || row.Modified is not { } modified)
        {
            throw new RunHeldException(
                $"A row of {collection} (page {page} of what has changed) says nothing that can be read as id, or as meta.modified with a time zone, so its change "
                + "cannot be applied. Sync without --changed, and report it to the source's support.");
        }

        if (modified < since)
        {
            throw new RunHeldException(
                $"Asked for what of {collection} has changed since {Time(since)}, the source hands out what was modified before (page {page}), so nothing that it "
                + "leaves out can be trusted to be as it was. Take source.changes out of the tenant file, or have meta.modified.after mended.");
        }

        if (gone.Contains(row.Id))
        {
            throw new RunHeldException(
                $"The source says of an entity of {collection} that it has changed, and that it is deleted. Sync without --changed, and report it to the source's support.");
        }
    }

    [Told]
    private static RunHeldException Twice(string collection) => new(
        $"The source hands out a row of {collection} twice among what has changed. Sync without --changed, and report it to the source's support.");

    private static string Time(DateTimeOffset since) => since.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
