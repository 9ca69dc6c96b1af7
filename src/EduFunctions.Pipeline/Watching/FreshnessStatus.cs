using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Watching;

public enum FreshnessState
{
    /// <summary>The last good delivery is young enough.</summary>
    Fresh,

    /// <summary>There was none yet, and the first one is not due.</summary>
    Waiting,

    /// <summary>Somebody lets the target rest, so that nothing is due before a day.</summary>
    Resting,

    /// <summary>The last good delivery, or the first sight of a feed without one, is too long ago.</summary>
    Stale,
}

/// <param name="Subject">A feed by name, or <see cref="Freshness.Planner"/>.</param>
/// <param name="LastGood">When it last went well; null for never, as far as anything tells.</param>
/// <param name="FirstSeen">Since when it is watched.</param>
/// <param name="TargetHours">How old it may become.</param>
public sealed record FreshnessFacts(string Subject, DateTimeOffset? LastGood, DateTimeOffset FirstSeen, int TargetHours)
{
    /// <summary>By whose word nothing is due; null for a target that does not rest.</summary>
    public FeedRest? Rest { get; init; }

    /// <summary>By whose words only some of it waits, such as removals; null where nothing or everything does.</summary>
    public IReadOnlyList<FeedRest>? PartRests { get; init; }

    /// <summary>When it was to go on again after a rest; null for one that had none.</summary>
    public DateTimeOffset? Rested { get; init; }
}

/// <summary>How old what a target has is. Judged by the clock alone: what no job reports, and a job that never began, shows here.</summary>
/// <param name="AgeHours">Since the last good delivery, or since the first sight where there was none.</param>
public sealed record FreshnessStatus(string Subject, DateTimeOffset? LastGood, double AgeHours, int TargetHours, FreshnessState State)
{
    /// <summary>By whose word nothing is due, and until when; null for a target that does not rest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeedRest? Rest { get; init; }

    /// <summary>By whose words whoever comes or goes waits, and until when, while the rest is delivered; null where nothing or everything waits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FeedRest>? PartRests { get; init; }

    public static FreshnessStatus Of(FreshnessFacts facts, DateTimeOffset now)
    {
        var age = (now - (facts.LastGood ?? facts.FirstSeen)).TotalHours;
        var due = (now - new[] { facts.LastGood ?? facts.FirstSeen, facts.Rested ?? DateTimeOffset.MinValue }.Max()).TotalHours;
        var state = facts.Rest is not null ? FreshnessState.Resting
            : due > facts.TargetHours ? FreshnessState.Stale
            : facts.LastGood is null ? FreshnessState.Waiting
            : FreshnessState.Fresh;
        return new FreshnessStatus(facts.Subject, facts.LastGood, Math.Round(Math.Max(age, 0), 1), facts.TargetHours, state) { Rest = facts.Rest, PartRests = facts.PartRests };
    }
}
