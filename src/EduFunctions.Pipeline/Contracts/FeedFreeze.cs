using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using EduFunctions.Pipeline.Guards;

namespace EduFunctions.Pipeline.Contracts;

/// <summary>A target that must rest, such as over its own change of years. Whoever is protected leaves it all the same.</summary>
public sealed record FeedFreeze
{
    private const string Everything = "all";
    private const string Additions = "adds";
    private const string Removals = "removals";

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

    /// <summary>The guard's limits of a day, under which what has to wait is held.</summary>
    public GuardSettings Limit(GuardSettings limits, DateOnly day) => !IsOn(day) ? limits : What switch
    {
        Additions => limits with { MaxAddedPercent = 0, MinAdded = 0 },
        Removals => limits with { MaxRemovedPercent = 0, MinRemoved = 0, MaxRemovedPercentOfTenant = 0 },
        _ => limits,
    };

    public bool IsOn(DateOnly day) => day < DateOnly.ParseExact(Until, DayAttribute.Form, CultureInfo.InvariantCulture);
}
