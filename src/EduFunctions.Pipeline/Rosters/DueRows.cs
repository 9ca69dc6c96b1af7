namespace EduFunctions.Pipeline.Rosters;

/// <summary>What rests at a target and has done so for its time, so that it is to be deleted for good.</summary>
/// <param name="Kind">As the target calls it.</param>
/// <param name="ArePeople">Whether it is of people.</param>
/// <param name="Of">How many of the kind the target may have, in use or resting.</param>
public sealed record DueRows(string Kind, bool ArePeople, int Of, IReadOnlyList<DueRow> Rows);

/// <param name="Id">By which the target knows it from us.</param>
/// <param name="IsAgain">Whether it was told to delete it before, and is not known to have done so.</param>
public sealed record DueRow(string Id, bool IsAgain)
{
    /// <summary>By what it would be recognised there.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}
