using System.Text.Json.Serialization;

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

    /// <summary>Too many come.</summary>
    Additions,

    /// <summary>As many come as are kept, so that they may be the same under other ids.</summary>
    OtherHalf,

    /// <summary>Names are as if their UTF-8 had been read as another encoding.</summary>
    TextMisread,

    /// <summary>Names have lost their letters beyond ASCII.</summary>
    TextLost,

    /// <summary>Too many who were protected would not be any more.</summary>
    Unprotected,
}

/// <summary>Something that waits for an operator, with its figures.</summary>
/// <param name="Kind">Null when everything waits.</param>
/// <param name="School">Id of the school; null for all schools together.</param>
/// <param name="Of">What the count is a part of.</param>
public sealed record Hold(HoldCode Code, RowKind? Kind, string? School, int Count, int Of, int LimitPercent)
{
    /// <summary>How many of the count have gone in the nights before; the others are tonight's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Earlier { get; init; }

    /// <summary>The day of the first night in which the same was held; null for tonight.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Since { get; init; }

    public string Message => Since is null ? Sentence : $"{Sentence} So it is since {Since:yyyy-MM-dd}.";

    /// <summary>Whether it is the same that waits, with other figures.</summary>
    internal bool IsSameAs(Hold other) => (Code, Kind, School) == (other.Code, other.Kind, other.School);

    private string Sentence => Code switch
    {
        HoldCode.BaselineLost => "What was delivered last cannot be read, so nothing is sent.",
        HoldCode.IdsChanged => $"{Figures} that would be removed come again under new ids (limit {LimitPercent} %): neither is done.",
        HoldCode.SchoolAbsent => $"{Figures} would be removed, but the school was left out of the pull: they stay.",
        HoldCode.Unprotected => $"{Count} of {Of} protected persons would not be protected any more (limit {LimitPercent}): they stay protected, and in no feed.",
        HoldCode.Additions => $"{Figures} would be added (limit {LimitPercent} %): they wait.",
        HoldCode.OtherHalf => $"{Figures} would be added where as many removals are held: they may be the same under other ids, so they wait too.",
        HoldCode.Removals when Earlier > 0 =>
            $"{Figures} would be gone, {Earlier} of them since earlier nights and {Count - Earlier} tonight (limit {LimitPercent} %): tonight's stay.",
        HoldCode.TextMisread => $"{Figures} would get names in which UTF-8 was read as Windows-1252 or ISO-8859-1: they stay as they were delivered.",
        HoldCode.TextLost => $"{Figures} would get names with U+FFFD or ? for letters: they stay as they were delivered.",
        HoldCode.Changes => $"{Figures} would change (limit {LimitPercent} %): they stay as they were delivered.",
        _ => $"{Figures} would be removed (limit {LimitPercent} %): they stay.",
    };

    internal string Figures => $"{Count} {Relation} {Of} {Kind?.ToString().ToLowerInvariant()} of {(School is null ? "all schools" : $"school {School}")}";

    private string Relation => Code is HoldCode.Additions or HoldCode.OtherHalf ? "beside" : "of";
}

/// <summary>An id that goes and the one under which the same person or section seems to come again.</summary>
public sealed record IdPair(RowKind Kind, string Before, string Now);
