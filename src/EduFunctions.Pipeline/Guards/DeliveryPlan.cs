using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What a delivery would change at its target: counts, ids and hashes, never a person's values.</summary>
public sealed record DeliveryPlan
{
    public required string Tenant { get; init; }

    public required string Run { get; init; }

    public required string Feed { get; init; }

    public required string Target { get; init; }

    /// <summary>What was delivered last; where that cannot be read (<see cref="HoldCode.BaselineLost"/>), the newest delivery that can. Null when there is none.</summary>
    public required DeliveredRoster? Against { get; init; }

    /// <summary>By kind.</summary>
    public required IReadOnlyList<PlannedRows> Totals { get; init; }

    /// <summary>By school and kind, where something is not as it was.</summary>
    public required IReadOnlyList<PlannedRows> Schools { get; init; }

    public required IReadOnlyList<PlannedSample> Samples { get; init; }

    /// <summary>Over the ids of all rows that are not as they were, in order.</summary>
    public required string Digest { get; init; }

    public required IReadOnlyList<Hold> Holds { get; init; }

    /// <summary>What goes through and should be known.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public IReadOnlyList<Notice>? Notices { get; init; }

    /// <summary>Ids that seem to have changed; the first of them when there are many.</summary>
    public required IReadOnlyList<IdPair> Pairs { get; init; }

    /// <summary>Rows that wait for an operator: what an approval lets through, and no more than that.</summary>
    public required IReadOnlyList<PlannedRows> Ceiling { get; init; }

    /// <summary>Removals that are not missing for long enough yet; an approval does not concern them.</summary>
    public required int Waiting { get; init; }

    /// <summary>What rests at the target and is due to be deleted for good tonight, held or not; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PlannedDeletions>? Deletions { get; init; }

    /// <summary>What the target will do tonight.</summary>
    public required IReadOnlyList<string> Tonight { get; init; }

    /// <summary>What it will do when the plan is approved.</summary>
    public required IReadOnlyList<string> WhenApproved { get; init; }

    /// <summary>What becomes of the feed when the plan is refused; null when nothing is held.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? WhenRefused { get; init; }

    /// <summary>Whether the target was never given anything.</summary>
    internal bool IsFirst => Against is null && Holds.All(hold => hold.Code != HoldCode.BaselineLost);

    /// <summary>How much of what is due waits for an operator.</summary>
    internal int HeldDeletions => Holds.Any(hold => hold.Code == HoldCode.Deletions) ? Deletions?.Sum(rows => rows.New) ?? 0 : 0;

    /// <summary>By kind and id: what is due and may go, as long as nobody has approved or when somebody has.</summary>
    internal HashSet<(string Kind, string Id)> Deletable(bool isReleased) =>
        [.. (Deletions ?? []).SelectMany(rows => (HeldDeletions == 0 || isReleased ? rows.Ids : rows.Again ?? []).Select(id => (rows.Kind, id)))];
}

/// <param name="School">Null for all schools together, and for rows of no school.</param>
public sealed record PlannedRows(RowKind Kind, string? School, int Before, int Added, int Changed, int Removed)
{
    internal static PlannedRows Of(RowKind kind, string? school, in RowCounts counts) =>
        new(kind, school, counts.Before, counts.Added, counts.Changed, counts.Removed);
}

/// <summary>The first ids of a kind in each direction, in order; for memberships section and person. Protected persons are counted, not named.</summary>
public sealed record PlannedSample(RowKind Kind, IReadOnlyList<string> Added, IReadOnlyList<string> Changed, IReadOnlyList<string> Removed);

/// <summary>Where the roster lies that a target was given, and which part of it.</summary>
/// <param name="Run">The run that delivered it.</param>
/// <param name="Roster">Its path in the container of rosters.</param>
/// <param name="Selection">The path of who and what of it is in the feed.</param>
public sealed record DeliveredRoster(string Run, string Roster, string Selection)
{
    /// <summary>What the feed was called then.</summary>
    internal string FeedName => Selection.Split('/')[2];
}

/// <summary>A plan with its hash, which an approval has to name.</summary>
/// <param name="Hash">SHA-256 of the plan's canonical form: compact JSON, all lists in order.</param>
public sealed record HashedPlan(string Hash, DeliveryPlan Plan)
{
    /// <summary>What goes out while nobody has approved. Follows from the plan, so the hash does not speak for it.</summary>
    public DeliveredRoster? Roster { get; init; }

    /// <summary>Who waits for whose login while nobody has approved. Follows from the plan, too; null when nobody does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Notice? Waits { get; init; }

    /// <summary>In which ways the target rested when the plan was made: <c>all</c>, <c>adds</c>, <c>removals</c>; null when it did not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Rests { get; init; }

    /// <summary>All that should be known of what goes through, and of what does not.</summary>
    [JsonIgnore]
    public IReadOnlyList<Notice>? Notices => Waits is null ? Plan.Notices : [.. Plan.Notices ?? [], Waits];

    public static HashedPlan Of(DeliveryPlan plan) =>
        new(Convert.ToHexStringLower(SHA256.HashData(PlanJson.Canonical(plan))), plan);
}
