using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>What is added, changed and removed between two states of a feed: counts, and the first ids in order.</summary>
public sealed record FeedDifference(int Added, int Changed, int Removed, IReadOnlyDictionary<string, IReadOnlyList<string>> Sample)
{
    private const int SampleSize = 10;

    /// <summary>By kind of row.</summary>
    public static SortedDictionary<string, FeedDifference> Between(IEnumerable<FeedRow> before, IEnumerable<FeedRow> now)
    {
        var (earlier, later) = (ByKind(before), ByKind(now));
        var kinds = earlier.Keys.Union(later.Keys).ToDictionary(
            kind => kind, kind => Of(earlier.GetValueOrDefault(kind) ?? [], later.GetValueOrDefault(kind) ?? []));
        return new SortedDictionary<string, FeedDifference>(kinds, StringComparer.Ordinal);
    }

    private static FeedDifference Of(Dictionary<string, UInt128> before, Dictionary<string, UInt128> now)
    {
        var added = now.Keys.Where(key => !before.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();
        var removed = before.Keys.Where(key => !now.ContainsKey(key)).Order(StringComparer.Ordinal).ToList();
        var changed = now.Where(row => before.TryGetValue(row.Key, out var hash) && hash != row.Value)
            .Select(row => row.Key).Order(StringComparer.Ordinal).ToList();
        return new FeedDifference(added.Count, changed.Count, removed.Count, new Dictionary<string, IReadOnlyList<string>>
        {
            ["added"] = [.. added.Take(SampleSize)],
            ["changed"] = [.. changed.Take(SampleSize)],
            ["removed"] = [.. removed.Take(SampleSize)],
        });
    }

    private static Dictionary<string, Dictionary<string, UInt128>> ByKind(IEnumerable<FeedRow> rows) => rows
        .GroupBy(row => row.Kind)
        .ToDictionary(kind => kind.Key, kind => kind.ToDictionary(row => row.Key, row => row.Hash, StringComparer.Ordinal));
}
