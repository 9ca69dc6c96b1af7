namespace EduFunctions.Pipeline.Rosters;

/// <summary>How many rows a delivery brings and takes, for a feed's forecast of what its target will do.</summary>
public sealed record FeedChanges(int PersonsAdded, int PersonsRemoved, int SectionsAdded, int SectionsRemoved)
{
    /// <summary>How many of both are the same persons under other ids, for a target that can rename.</summary>
    public int PersonsRenamed { get; init; }

    /// <summary>What rests at the target and is deleted for good.</summary>
    public int Deleted { get; init; }
}
