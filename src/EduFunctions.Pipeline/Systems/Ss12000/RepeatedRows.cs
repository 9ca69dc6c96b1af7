using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Rows that stand in a collection twice for good: nothing is missing there, but nobody knows which row counts. Whatever they are about is kept until all of
/// them say that it has ended.
/// </summary>
internal static class RepeatedRows
{
    /// <summary>Whether rows of the collection say by themselves what they are about.</summary>
    public static bool Are(string collection) => collection is "persons" or "groups" or "duties";

    /// <summary>To be asked before rows are linked: by then the rows that do not count are dropped.</summary>
    public static IReadOnlyList<DoubtRow> Find(SnapshotManifest manifest, SourceData data, StayingPeople stays)
    {
        var doubts = new HashSet<DoubtRow>();
        if (manifest.Repeats("persons"))
        {
            doubts.UnionWith(stays.Among(RepeatedIn(data.Persons)).Select(id => new DoubtRow(EntityKind.Person, id)));
        }

        if (manifest.Repeats("groups"))
        {
            var repeated = RepeatedIn(data.Groups);
            doubts.UnionWith(RowsOf(data.Groups, repeated).Where(row => !stays.HasEnded(data.Groups[row].End)).Select(row => new DoubtRow(EntityKind.Group, data.Groups.Id(row))));
        }

        if (manifest.Repeats("duties"))
        {
            var rows = RowsOf(data.Duties, RepeatedIn(data.Duties)).Where(row => data.Duties[row].Person >= 0 && !stays.HasEnded(data.Duties[row].End));
            doubts.UnionWith(rows.Select(row => new DoubtRow(EntityKind.Person, data.Persons.Id(data.Duties[row].Person))));
        }

        return [.. doubts];
    }

    private static HashSet<EntityId> RepeatedIn<T>(EntityTable<T> table)
        where T : unmanaged =>
        [.. Enumerable.Range(0, table.Count).Where(row => !table.IsCurrent(row) && !table.Id(row).IsNone).Select(table.Id)];

    private static IEnumerable<int> RowsOf<T>(EntityTable<T> table, HashSet<EntityId> ids)
        where T : unmanaged =>
        Enumerable.Range(0, table.Count).Where(row => ids.Contains(table.Id(row)));
}
