namespace EduFunctions.Pipeline.Ledgers;

/// <summary>A group that somebody has come to, or left, as <see cref="ChangesSince"/> tells it.</summary>
internal sealed record ChangedGroup(string Id, bool IsNew)
{
    private const string NewIn = "sections: new in ";
    private const string GoneFrom = "sections: gone from ";

    /// <summary>Null for a change of another kind.</summary>
    public static ChangedGroup? Of(string change) =>
        change.StartsWith(NewIn, StringComparison.Ordinal) ? new ChangedGroup(change[NewIn.Length..], IsNew: true)
        : change.StartsWith(GoneFrom, StringComparison.Ordinal) ? new ChangedGroup(change[GoneFrom.Length..], IsNew: false)
        : null;
}
