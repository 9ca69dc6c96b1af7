using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Rosters;

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

    /// <summary>Too many come under new ids while the same persons are there under others.</summary>
    Doubles,

    /// <summary>One column changes or empties for most, or too many ids belong to other persons.</summary>
    Column,

    /// <summary>They go, while rows under new ids that nobody understands may be theirs.</summary>
    IdsUnread,

    /// <summary>The feed's own settings would give too many another login, or take away what the target has.</summary>
    SettingChanged,

    /// <summary>Too much that rests at the target would be deleted for good.</summary>
    Deletions,

    /// <summary>Too much would go of what the target may have taken without saying so.</summary>
    Unconfirmed,
}

/// <summary>Something that waits for an operator, with its figures.</summary>
/// <param name="Kind">Null when everything waits.</param>
/// <param name="School">Id of the school; null for all schools together.</param>
/// <param name="Of">What the count is a part of.</param>
[Told]
public sealed record Hold(HoldCode Code, RowKind? Kind, string? School, int Count, int Of, int LimitPercent)
{
    /// <summary>How many of the count have gone in the nights before; the others are tonight's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Earlier { get; init; }

    /// <summary>How many of the count were not understood tonight: they stay in any case, and are held against the others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int NotUnderstood { get; init; }

    /// <summary>The day of the first night in which the same was held; null for tonight.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateOnly? Since { get; init; }

    /// <summary>What has become of the column; null for other holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Moved? Column { get; init; }

    /// <summary>The feed's setting that it comes from; null for other holds.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Setting { get; init; }

    /// <summary>Whether nothing of the feed is sent while it waits: rows that stay would change all the same.</summary>
    [JsonIgnore]
    public bool IsWhole => Code is HoldCode.BaselineLost or HoldCode.SettingChanged or HoldCode.Unconfirmed;

    public string Message => Since is null ? Whole : $"{Whole} So it is since {Since:yyyy-MM-dd}.";

    /// <summary>Whether it is the same that waits, with other figures.</summary>
    internal bool IsSameAs(Hold other) => (Code, Kind, School, Column, Setting) == (other.Code, other.Kind, other.School, other.Column, other.Setting);

    private string Whole => NotUnderstood == 0 ? Sentence : $"{Sentence} With {NotUnderstood} of them nobody can tell: the source was not understood.";

    private string Sentence => Code switch
    {
        HoldCode.BaselineLost => "What was delivered last cannot be read, so nothing is sent.",
        HoldCode.IdsChanged => $"{Figures} that would be removed come again under new ids (limit {LimitPercent} %): neither is done.",
        HoldCode.IdsUnread => $"{Figures} would be removed, but rows under new ids that were not understood may be theirs: they stay.",
        HoldCode.SchoolAbsent => $"{Figures} would be removed, but the school was left out of the pull: they stay.",
        HoldCode.Unprotected => $"{Count} of {Of} protected persons would not be protected any more (limit {LimitPercent}): they stay protected, and in no feed.",
        HoldCode.Doubles => $"{Figures} that come are there under another id (limit {LimitPercent} %): they wait.",
        HoldCode.SettingChanged => Kind is null
            ? $"{Count} records that the target has by settings.{Setting} would be taken away from it, or left behind there, since the setting is another now: nothing is sent."
            : $"{Figures} would get another login than the target has, since settings.{Setting} is another now (limit {LimitPercent} %): nothing is sent.",
        HoldCode.Unconfirmed => $"The target may have taken {Count} rows without saying so that would be taken out of it again: nothing is sent.",
        HoldCode.Deletions => $"{Count} of {Of} users and groups that the target has are due to be deleted for good (limit {LimitPercent} %): they rest on there.",
        HoldCode.Column => OfColumn,
        _ when Earlier > 0 && Code != HoldCode.Removals => $"{Moving}, {Earlier} of them since earlier nights and {Count - Earlier} tonight (limit {LimitPercent} %): tonight's wait.",
        HoldCode.Additions => $"{Figures} would be added (limit {LimitPercent} %): they wait.",
        HoldCode.OtherHalf => $"{Figures} would be added where as many removals are held: they may be the same under other ids, so they wait too.",
        HoldCode.Removals when Earlier > 0 =>
            $"{Figures} would be gone, {Earlier} of them since earlier nights and {Count - Earlier} tonight (limit {LimitPercent} %): tonight's stay.",
        HoldCode.TextMisread => $"{Figures} would get texts that were read in a wrong encoding: they stay as they were delivered, or away.",
        HoldCode.TextLost => $"{Figures} would get texts with U+FFFD, ? or nothing for letters: they stay as they were delivered, or away.",
        HoldCode.Changes => $"{Figures} would change (limit {LimitPercent} %): they stay as they were delivered.",
        _ => $"{Figures} would be removed (limit {LimitPercent} %): they stay.",
    };

    private string Moving => Code is HoldCode.Additions or HoldCode.OtherHalf ? $"{Figures} would have been added" : $"{Figures} would have changed";

    private string OfColumn => Column switch
    {
        Moved.ChangedOwner => $"{Figures} would belong to another person than before: other names, and another birth date or login (limit {LimitPercent} %): they stay as they were delivered.",
        Moved.ChangedNames => $"{Figures} would get another name or none (limit {LimitPercent} %): they stay as they were delivered.",
        Moved.ChangedMail => $"{Figures} would get another mail address or none (limit {LimitPercent} %): they stay as they were delivered.",
        Moved.ChangedLogin => $"{Figures} would get another login or none (limit {LimitPercent} %): they stay as they were delivered.",
        Moved.ChangedYear => $"{Figures} would get another school year than the next one, or none (limit {LimitPercent} %): they stay as they were delivered.",
        Moved.LostStudents => $"{Figures} would no longer be linked to a student who is still there (limit {LimitPercent} %): they stay as they were delivered.",
        _ => $"{Figures} would have no teacher any more (limit {LimitPercent} %): they stay as they were delivered.",
    };

    /// <summary>How many of how many; of those that come, beside how many.</summary>
    internal string Figures => (Code is HoldCode.Additions or HoldCode.OtherHalf, School) switch
    {
        (true, null) => $"{Count} beside {Of} {Rows} of all schools",
        (true, _) => $"{Count} beside {Of} {Rows} of school {School}",
        (_, null) => $"{Count} of {Of} {Rows} of all schools",
        _ => $"{Count} of {Of} {Rows} of school {School}",
    };

    private string? Rows => Kind?.ToString().ToLowerInvariant();
}

/// <summary>An id that goes and the one under which the same person or section seems to come again.</summary>
public sealed record IdPair(RowKind Kind, string Before, string Now);
