using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>A feed that says what has changed, and so has to see what its target may have.</summary>
public interface IFeedWithMemory : IFeed
{
    /// <summary>Which files say what the target may have, after so much of a delivery.</summary>
    IReadOnlyList<KnownFile> Known(IReadOnlyList<KnownFile> before, SentFiles sent, FeedSettings settings);

    /// <summary>Whether its files are complete every time all the same: what is known of the target says then only whether it has them.</summary>
    bool IsComplete(FeedSettings settings) => false;

    /// <summary>Whether a feed is made against what its target has.</summary>
    static bool SaysChanges(IFeed feed, FeedSettings settings) => feed is IFeedWithMemory memory && !memory.IsComplete(settings);

    /// <summary>The same after one that only took people out: what the target may have besides stays on record as it was.</summary>
    /// <param name="before">Not empty.</param>
    IReadOnlyList<KnownFile> KnownAfterLeaving(IReadOnlyList<KnownFile> before, SentFiles sent) => before;

    /// <summary>Whether all that a delivery was to take out is gone, although the target counts errors: of what it was told before and does not have.</summary>
    bool IsAllGone(SentFiles sent) => false;

    /// <summary>Whether it matters who is held back: of who has left, time runs out at the target.</summary>
    bool AsksWhoWaits => false;

    /// <summary>
    /// What rests at the target, has done so for its time, and is not to be there by tonight's choice: to be deleted for good, as far as the guard lets it.
    /// </summary>
    /// <param name="input">With tonight's roster and choice, and all that the target may have.</param>
    IReadOnlyList<DueRows> Due(FeedInput input) => [];

    /// <summary>
    /// Whether a row tells the target to forget somebody, and so has to name a protected person by the id that the target has; nothing else ever may.
    /// </summary>
    bool MayNameProtected(string file, ReadOnlySpan<byte> row);
}
