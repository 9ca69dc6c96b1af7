namespace EduFunctions.Pipeline.Guards;

public enum HoldCode
{
    /// <summary>Too many go.</summary>
    Removals,

    /// <summary>Too many change.</summary>
    Changes,

    /// <summary>Too many go and come again under a new id.</summary>
    IdsChanged,

    /// <summary>What was delivered last cannot be read, so nothing can be told.</summary>
    BaselineLost,

    /// <summary>The school could not be pulled, so that nobody can tell who has left it.</summary>
    SchoolAbsent,

    /// <summary>Too many who were protected would not be any more.</summary>
    Unprotected,
}

/// <summary>Something that waits for an operator, with its figures.</summary>
/// <param name="Kind">Null when everything waits.</param>
/// <param name="School">Id of the school; null for all schools together.</param>
/// <param name="Of">What the count is a part of.</param>
public sealed record Hold(HoldCode Code, RowKind? Kind, string? School, int Count, int Of, int LimitPercent)
{
    public string Message => Code switch
    {
        HoldCode.BaselineLost => "What was delivered last cannot be read, so nothing is sent.",
        HoldCode.IdsChanged => $"{Figures} that would be removed come again under new ids (limit {LimitPercent} %): neither is done.",
        HoldCode.SchoolAbsent => $"{Figures} would be removed, but the school was left out of the pull: they stay.",
        HoldCode.Unprotected => $"{Count} of {Of} protected persons would not be protected any more (limit {LimitPercent}): they stay protected, and in no feed.",
        HoldCode.Changes => $"{Figures} would change (limit {LimitPercent} %): they stay as they were delivered.",
        _ => $"{Figures} would be removed (limit {LimitPercent} %): they stay.",
    };

    private string Figures => $"{Count} of {Of} {Kind?.ToString().ToLowerInvariant()} of {(School is null ? "all schools" : $"school {School}")}";
}

/// <summary>An id that goes and the one under which the same person or section seems to come again.</summary>
public sealed record IdPair(RowKind Kind, string Before, string Now);
