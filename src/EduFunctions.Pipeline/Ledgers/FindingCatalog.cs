using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>All kinds of finding there are: those of every source, and what each source and feed adds.</summary>
public sealed class FindingCatalog(IEnumerable<ISource> sources, IEnumerable<IFeed> feeds)
{
    private readonly Dictionary<string, FindingKind> _kinds = FindingCodes.All
        .Concat(FeedReasons.All)
        .Concat(sources.SelectMany(source => source.Findings).Distinct())
        .Concat(feeds.SelectMany(feed => feed.Findings))
        .ToDictionary(kind => kind.Code, StringComparer.Ordinal);

    public IEnumerable<FindingKind> All => _kinds.Values;

    /// <summary>Null for a code of another version, as an old run may have it.</summary>
    public FindingKind? Find(string code) => _kinds.GetValueOrDefault(code);
}
