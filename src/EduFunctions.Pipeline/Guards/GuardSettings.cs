using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace EduFunctions.Pipeline.Guards;

/// <summary>How much may go and change in one night. A limit is passed when both its number and its share are passed.</summary>
public sealed record GuardSettings
{
    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("Removals per school and kind above this share are held, when there are more than minRemoved of them.")]
    public int MaxRemovedPercent { get; init; } = 10;

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("Up to this many removals per school and kind pass, unless more than half of a kind would go. Absent it is 10, of staff and of sections 3.")]
    public int? MinRemoved { get; init; }

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("A school that would lose more than half of a kind, and at least this many, is held, and so is one that would lose its last student, employee or section; 0 switches that off.")]
    public int MinHalved { get; init; } = 2;

    [Range(0, 90, ErrorMessage = "must be 0 to 90")]
    [Description("Days over which removals, changes and additions are judged together, beside each night by itself: who left within them and is not back counts again. 0 switches that off.")]
    public int WindowDays { get; init; } = 14;

    [Range(0, 10000, ErrorMessage = "must be 0 to 10000")]
    [Description("Additions per school and kind above this share of what is there are held, when there are more than minAdded of them. A school that had none of a kind is free.")]
    public int MaxAddedPercent { get; init; } = 25;

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("Up to this many additions per school and kind always pass. Absent it is 20, of staff and of sections 5, of memberships 50.")]
    public int? MinAdded { get; init; }

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("A column, such as names, mail or login, that changes or empties for more than this share of a school and kind is held, in rolloverWindows too; 100 never holds.")]
    public int MaxColumnPercent { get; init; } = 50;

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("The same share over all schools together; absent it is maxRemovedPercent.")]
    public int? MaxRemovedPercentOfTenant { get; init; }

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("Changed rows per school and kind above this share are held, when there are more than minChanged of them.")]
    public int MaxChangedPercent { get; init; } = 25;

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("Up to this many changed rows per school and kind always pass. Absent it is 20, of staff and of sections 5.")]
    public int? MinChanged { get; init; }

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("Share of the removed who come again with the same names under a new id, above which they are held as changed ids; 100 never holds.")]
    public int MaxRekeyedPercent { get; init; } = 10;

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("Up to this many changed ids per school and kind always pass.")]
    public int MinRekeyed { get; init; } = 5;

    [Range(1, 30, ErrorMessage = "must be 1 to 30")]
    [Description("Who is missing is removed in the run of this number in which that is so without a break; 1 removes at once.")]
    public int RemoveAfterRuns { get; init; } = 1;

    [Range(1, 365, ErrorMessage = "must be 1 to 365")]
    [Description("Who is missing is removed on the day of this number on which a run finds it so without a break; 1 removes at once. With removeAfterRuns, whichever is later.")]
    public int RemoveAfterDays { get; init; } = 1;

    [Range(1, 30, ErrorMessage = "must be 1 to 30")]
    [Description("Who was protected is treated as anybody else in the run of this number in which the register hands the person out without a marking, without a break.")]
    public int UnprotectAfterRuns { get; init; } = 2;

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("Up to this many persons may stop being protected in one night; more stay protected until an operator approves.")]
    public int MaxUnprotected { get; init; } = 2;

    [Description("Times of the year with limits of their own, such as the change of school years; the first that fits counts.")]
    public IReadOnlyList<RolloverWindow> RolloverWindows { get; init; } = [];

    /// <summary>Whether anybody who is missing stays for a while.</summary>
    internal bool IsPatient => RemoveAfterRuns > 1 || RemoveAfterDays > 1;

    /// <summary>The same, but that whoever is missing goes at once.</summary>
    internal GuardSettings AtOnce => this with { RemoveAfterRuns = 1, RemoveAfterDays = 1 };

    /// <summary>The limits of a day without a window, whatever day these are of.</summary>
    internal GuardSettings Everyday => Plain ?? this;

    /// <summary>Whether the target rests, so that nobody goes but who is protected, whatever the limits and whatever an operator lets through.</summary>
    internal bool KeepsAll { get; init; }

    /// <summary>Whether the target rests, so that nobody comes.</summary>
    internal bool TakesNone { get; init; }

    /// <summary>Whether what is judged is a night, so that what is counted in nights gets on by it.</summary>
    internal bool IsNight { get; private init; } = true;

    private GuardSettings? Plain { get; init; }

    /// <summary>The same for a run of which there are several a day: what they do is judged together, whatever the window.</summary>
    internal GuardSettings ByDay() => this with { WindowDays = Math.Max(1, WindowDays), IsNight = false };

    /// <summary>Whether two days have the same limits.</summary>
    internal bool IsAlike(DateOnly day, DateOnly other) =>
        Everyday.WindowOn(day) == Everyday.WindowOn(other) || Everyday.On(day).Written == Everyday.On(other).Written;

    private GuardSettings Written => this with { Plain = null, MaxRemovedPercentOfTenant = MaxRemovedPercentOfTenant ?? MaxRemovedPercent };

    /// <summary>The limits of a day, with those of its window put in.</summary>
    public GuardSettings On(DateOnly date) => Everyday.WindowOn(date) is not { } window ? Everyday : Everyday with
    {
        Plain = Everyday,
        MaxRemovedPercent = window.MaxRemovedPercent ?? MaxRemovedPercent,
        MinRemoved = window.MinRemoved ?? MinRemoved,
        MaxRemovedPercentOfTenant = window.MaxRemovedPercentOfTenant ?? window.MaxRemovedPercent ?? MaxRemovedPercentOfTenant,
        MaxChangedPercent = window.MaxChangedPercent ?? MaxChangedPercent,
        MinChanged = window.MinChanged ?? MinChanged,
        MaxRekeyedPercent = window.MaxRekeyedPercent ?? MaxRekeyedPercent,
        MinRekeyed = window.MinRekeyed ?? MinRekeyed,
        MaxAddedPercent = window.MaxAddedPercent ?? MaxAddedPercent,
        MinAdded = window.MinAdded ?? MinAdded,
    };

    internal bool IsTooShort(Absence absence) => absence.Runs < RemoveAfterRuns || absence.Days < RemoveAfterDays;

    private RolloverWindow? WindowOn(DateOnly date) => RolloverWindows.FirstOrDefault(window => window.Contains(date));
}

/// <summary>From one day of the year to another, both included; may pass the turn of the year.</summary>
public sealed record RolloverWindow
{
    private const int AnyYear = 2026;
    private const int DaysOfYear = 365;
    private const string DayPattern = "^(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";

    [RegularExpression(DayPattern, ErrorMessage = "must be a day of the year, MM-DD")]
    [Description("First day, MM-DD.")]
    public required string From { get; init; }

    [RegularExpression(DayPattern, ErrorMessage = "must be a day of the year, MM-DD")]
    [Description("Last day, MM-DD.")]
    public required string To { get; init; }

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("maxRemovedPercent in this time.")]
    public int? MaxRemovedPercent { get; init; }

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("minRemoved in this time.")]
    public int? MinRemoved { get; init; }

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("maxRemovedPercentOfTenant in this time.")]
    public int? MaxRemovedPercentOfTenant { get; init; }

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("maxChangedPercent in this time.")]
    public int? MaxChangedPercent { get; init; }

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("minChanged in this time.")]
    public int? MinChanged { get; init; }

    [Range(0, 100, ErrorMessage = "must be 0 to 100")]
    [Description("maxRekeyedPercent in this time.")]
    public int? MaxRekeyedPercent { get; init; }

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("minRekeyed in this time.")]
    public int? MinRekeyed { get; init; }

    [Range(0, 10000, ErrorMessage = "must be 0 to 10000")]
    [Description("maxAddedPercent in this time.")]
    public int? MaxAddedPercent { get; init; }

    [Range(0, int.MaxValue, ErrorMessage = "must be 0 or more")]
    [Description("minAdded in this time.")]
    public int? MinAdded { get; init; }

    /// <summary>How many days of a year are in it.</summary>
    public int CountDays() => Enumerable.Range(0, DaysOfYear).Count(day => Contains(new DateOnly(AnyYear, 1, 1).AddDays(day)));

    public bool Contains(DateOnly date)
    {
        var day = date.ToString("MM-dd", CultureInfo.InvariantCulture);
        var (isAfterFrom, isBeforeTo) = (string.CompareOrdinal(From, day) <= 0, string.CompareOrdinal(day, To) <= 0);
        return string.CompareOrdinal(From, To) <= 0 ? isAfterFrom && isBeforeTo : isAfterFrom || isBeforeTo;
    }
}
