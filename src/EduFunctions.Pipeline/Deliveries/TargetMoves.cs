using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>What lies in one folder of a tenant's feeds.</summary>
/// <param name="Folder">Name of the feed that it was the record of, or of a target that no feed goes to.</param>
/// <param name="Target">Name of the target's key; null where nothing tells it.</param>
public sealed record RecordedTarget(string Folder, string? Target);

/// <summary>
/// A target is its address and the kind of feed that goes there, not the feed's name. So before a run reads what targets were given, what is on record of a target is put where the feed is
/// looked for that goes there now, whatever it was called; and what is on record under a name whose feed goes elsewhere now is put aside until a feed goes
/// there again.
/// </summary>
internal static class TargetMoves
{
    /// <summary>Pure. In this order nothing is written over that is still to be moved.</summary>
    /// <param name="recorded">Where several tell of one target, the latest first.</param>
    /// <param name="feeds">The tenant's feeds by name, with the name of the target of each.</param>
    public static IReadOnlyList<(string From, string To)> Of(IReadOnlyList<RecordedTarget> recorded, IReadOnlyDictionary<string, string> feeds)
    {
        var moves = new List<(string From, string To)>();
        var places = new List<RecordedTarget>();
        foreach (var record in recorded)
        {
            var isMisplaced = record.Target is not null && feeds.TryGetValue(record.Folder, out var target) && target != record.Target;
            if (isMisplaced)
            {
                moves.Add((record.Folder, FeedPath.Unfed(record.Target!)));
            }

            places.Add(isMisplaced ? record with { Folder = FeedPath.Unfed(record.Target!) } : record);
        }

        foreach (var (name, target) in feeds.OrderBy(feed => feed.Key, StringComparer.Ordinal))
        {
            if (!places.Contains(new RecordedTarget(name, target)) && places.Find(place => place.Target == target) is { } found)
            {
                moves.Add((found.Folder, name));
            }
        }

        return moves;
    }
}
