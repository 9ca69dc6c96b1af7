using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using EduFunctions.Pipeline.Guards;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>A target that must rest, such as over its own change of years. Whoever is protected leaves it all the same.</summary>
public sealed record FeedFreeze
{
    internal const string Everything = "all";
    internal const string Additions = "adds";
    internal const string Removals = "removals";

    [Day]
    [Description("The first day on which all goes on again, YYYY-MM-DD.")]
    public required string Until { get; init; }

    [AllowedValues(Everything, Additions, Removals, ErrorMessage = "must be \"all\", \"adds\" or \"removals\"")]
    [Description("What waits: all that the feed would send, adds (whoever comes), or removals (whoever goes).")]
    public string What { get; init; } = Everything;

    /// <summary>As an operator says it; null for what is no day or no such thing.</summary>
    public static FeedFreeze? Find(string until, string what) =>
        DateOnly.TryParseExact(until, DayAttribute.Form, CultureInfo.InvariantCulture, DateTimeStyles.None, out _) && what is Everything or Additions or Removals
            ? new FeedFreeze { Until = until, What = what }
            : null;

    public bool HoldsAll(DateOnly day) => What == Everything && IsOn(day);

    /// <summary>Whether nobody goes: also not who has left before and is still there in part.</summary>
    public bool HoldsRemovals(DateOnly day) => What != Additions && IsOn(day);

    /// <summary>Whether a target that was never given anything waits for it.</summary>
    public bool HoldsFirst(DateOnly day) => What != Removals && IsOn(day);

    /// <summary>What the guard has to know on a day; its limits are for what does not rest.</summary>
    public GuardSettings Limit(GuardSettings limits, DateOnly day) =>
        IsOn(day) ? limits with { KeepsAll = limits.KeepsAll || What == Removals, TakesNone = limits.TakesNone || What == Additions } : limits;

    public bool IsOn(DateOnly day) => day < End;

    /// <summary>The day that has come on which a target goes on to which nothing, or no first delivery, was sent; null when there is none.</summary>
    public DateOnly? EndedBy(DateOnly day) => What != Removals && !IsOn(day) ? End : null;

    private DateOnly End => DateOnly.ParseExact(Until, DayAttribute.Form, CultureInfo.InvariantCulture);
}
