using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>What is added, changed and removed between two states of a feed: counts, and the first ids in order; of a row the ids alone.</summary>
public sealed record FeedDifference(int Added, int Changed, int Removed, IReadOnlyDictionary<string, IReadOnlyList<string>> Sample)
{
    private const int SampleSize = 10;
    private const int DigestLength = 12;

    private static readonly char[] Delimiters = ['|', '\t', ';'];

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
            ["added"] = [.. added.Take(SampleSize).Select(Ids)],
            ["changed"] = [.. changed.Take(SampleSize).Select(Ids)],
            ["removed"] = [.. removed.Take(SampleSize).Select(Ids)],
        });
    }

    /// <summary>The ids that stand in a key. A target may be told of people by login or number, which are nobody's to read here: a digest says whether two are the same.</summary>
    private static string Ids(string key)
    {
        var ids = key.Split(Delimiters).Where(part => EntityId.TryFind(part, out _)).ToList();
        return ids.Count > 0 ? string.Join('|', ids) : $"sha256:{Hash.Of(key)[..DigestLength]}";
    }

    private static Dictionary<string, Dictionary<string, UInt128>> ByKind(IEnumerable<FeedRow> rows) => rows
        .GroupBy(row => row.Kind)
        .ToDictionary(kind => kind.Key, kind => kind.ToDictionary(row => row.Key, row => row.Hash, StringComparer.Ordinal));
}
