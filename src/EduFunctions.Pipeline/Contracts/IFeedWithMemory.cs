namespace EduFunctions.Pipeline.Contracts;

/// <summary>A feed that says what has changed, and so has to see what its target may have.</summary>
public interface IFeedWithMemory : IFeed
{
    /// <summary>Which files say what the target may have, after so much of a delivery.</summary>
    IReadOnlyList<KnownFile> Known(IReadOnlyList<KnownFile> before, SentFiles sent, FeedSettings settings);

    /// <summary>Whether it matters who is held back: of who has left, time runs out at the target.</summary>
    bool AsksWhoWaits => false;

    /// <summary>
    /// Whether a row tells the target to forget somebody, and so has to name a protected person by the id that the target has; nothing else ever may.
    /// </summary>
    bool MayNameProtected(string file, ReadOnlySpan<byte> row);
}
