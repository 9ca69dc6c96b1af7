using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Snapshots;

namespace EduFunctions.Pipeline.Runs;

public enum RunState
{
    Queued,
    Extracting,
    Transforming,
    Exporting,
    Held,
    Delivered,
    DeliveredWithErrors,
    Failed,
    DryRun,
}

/// <summary>What is known of one run (<c>runs/{tenant}/{run}.json</c>): counts and ids, never a person's values.</summary>
public sealed record RunRecord
{
    public required string Tenant { get; init; }

    public required string Run { get; init; }

    /// <summary>The place among the tenant's runs: a later one has a higher number, whatever the clocks say. 0 in records of releases that did not count.</summary>
    public int Number { get; init; }

    /// <summary>Those it had before it was taken up again; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? FormerNumbers { get; init; }

    /// <summary>How often somebody has taken up a stage before the exports: whoever did last ends it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Turns { get; init; }

    public required RunTrigger Trigger { get; init; }

    /// <summary>The day the rules are asked for.</summary>
    public required DateOnly Date { get; init; }

    public required RunState State { get; init; }

    /// <summary>Why the run is held or failed: what, why, and what to do; of one that is neither, which target rests.</summary>
    public string? StateReason { get; init; }

    public required DateTimeOffset Started { get; init; }

    public DateTimeOffset? Finished { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Whether a pull much smaller than the one before may pass this once.</summary>
    public bool AcceptShrink { get; init; }

    /// <summary>Whether it pulls what has changed since the last pull alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Changed { get; init; }

    /// <summary>Whether somebody begins with changes anew, although a full pull has found that they were not all there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AcceptMisses { get; init; }

    /// <summary>Whether feeds that say what has changed are to say everything this once.</summary>
    public bool Total { get; init; }

    /// <summary>The earlier run whose roster this one delivers again; null for a run that pulls.</summary>
    public string? Resends { get; init; }

    /// <summary>Whether also what equals the last delivery is sent, this once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Force { get; init; }

    /// <summary>What is wrong with the tenant file of now, when the run was begun with the last good one.</summary>
    public string? TenantFileProblem { get; init; }

    /// <summary>Why somebody asked for the run.</summary>
    public string? Reason { get; init; }

    /// <summary>Who asked for it, as far as it can be told; null for the night.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>SHA-256 of the tenant file the run began with.</summary>
    public required string Configuration { get; init; }

    public IReadOnlyList<StageTime> Stages { get; init; } = [];

    public IReadOnlyDictionary<string, CollectionCount>? Pull { get; init; }

    /// <summary>What is special about the pull, such as schools that could not be asked for.</summary>
    public IReadOnlyList<PullNote> PullNotes { get; init; } = [];

    public RosterCounts? Counts { get; init; }

    /// <summary>Entities left out, by reason; each entity once per reason.</summary>
    public IReadOnlyDictionary<string, int>? Exclusions { get; init; }

    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>How many who were protected would not be any more, where they are more than may be in one night.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int WaitingUnprotected { get; init; }

    /// <summary>Why nothing is decided on the pull, where exports only take protected persons out of targets; null for any other run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refused { get; init; }

    /// <summary>What goes through and should be known, of no feed that the tenant has; null when there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Notice>? Notices { get; init; }

    public required IReadOnlyList<FeedRun> Feeds { get; init; }

    /// <summary>How far the tenant's chain had come when this run's last record was sealed.</summary>
    public Seal? Seal { get; init; }

    /// <summary>The queue whose message failed for good and ended the run.</summary>
    public string? Poison { get; init; }

    /// <summary>The span (as W3C has it) that all stages' spans are children of; null when nobody listened.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What went wrong at the last try of a stage; kept for the case that it was the last one.</summary>
    public string? LastError { get; init; }

    /// <summary>In place of a record that cannot be read.</summary>
    public static RunRecord Unreadable(string tenant, string run, string reason) => new()
    {
        Tenant = tenant,
        Run = run,
        Trigger = RunTrigger.Nightly,
        Date = DateOnly.FromDateTime(RunId.BeginningOf(run).UtcDateTime),
        State = RunState.Failed,
        StateReason = reason,
        Started = RunId.BeginningOf(run),
        Finished = RunId.BeginningOf(run),
        Configuration = "",
        Feeds = [],
        IsUnreadable = true,
    };

    /// <summary>Ids of schools that could not be pulled.</summary>
    [JsonIgnore]
    public IReadOnlyCollection<string> AbsentSchools => [.. PullNotes.Where(note => note.Code == PullNote.Skipped).Select(note => note.Collection)];

    /// <summary>Whether this stands in place of a record that cannot be read.</summary>
    [JsonIgnore]
    public bool IsUnreadable { get; private init; }

    /// <summary>Whether a plan of it waits for an operator's answer. What is held without one, such as for a source that could not be read, is only repeated.</summary>
    [JsonIgnore]
    public bool IsAsking => Feeds.Any(feed => feed.IsAsking);

    /// <summary>Whether it never began, since the tenant's file or a secret was not as it should be, or something of the tenant could not be read.</summary>
    [JsonIgnore]
    public bool IsRefusal => Configuration.Length == 0 && !IsUnreadable;

    /// <summary>Whether nothing on record speaks against its having ended before it read or made anything.</summary>
    [JsonIgnore]
    public bool MayHaveComeToNothing =>
        State is RunState.Held or RunState.Failed && !IsUnreadable && Refused is null && Feeds.All(feed => feed is { State: null, Plan: null, Approval: null });

    [JsonIgnore]
    public bool IsFinal => State is RunState.Held or RunState.Delivered or RunState.DeliveredWithErrors or RunState.Failed or RunState.DryRun;
}

/// <summary>From when a stage could begin, which for most is the end of the one before, until it was done: waiting in the queue is part of it.</summary>
public sealed record StageTime(string Name, DateTimeOffset Started, DateTimeOffset? Finished);

/// <param name="Rows">Entities on the pages.</param>
/// <param name="Distinct">Different ids among them.</param>
/// <param name="Dangling">Different ids of this collection that the pull refers to but does not have.</param>
public sealed record CollectionCount(int Pages, int Rows, int Distinct, int Dangling);

public sealed record RosterCounts(int Units, int Students, int Staff, int Guardians, int Sections, int Memberships);

/// <summary>A feed within a run. Plan and holds are those of the guard.</summary>
public sealed record FeedRun(string Name, string Type)
{
    /// <summary>Where it goes; null until it is built.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Target { get; init; }

    /// <summary>Whose delivery it is; null until it is built.</summary>
    [JsonIgnore]
    public TargetKey? Key => Target is { Length: > 0 } target ? TargetKey.Of(target, Type) : null;

    /// <summary>Null until the feed is built.</summary>
    public ReceiptState? State { get; init; }

    public string? Reason { get; init; }

    /// <summary>Why only those who have become protected were taken out; null for a feed that is as it was planned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stopped { get; init; }

    /// <summary>By whose word the target rests, so that nothing was sent; null for one that does not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FeedRest? Rest { get; init; }

    /// <summary>What has to be known of the feed, whatever became of it.</summary>
    public string? Caveat { get; init; }

    public PlanSummary? Plan { get; init; }

    /// <summary>What waits for an operator, the first of it; all stands in the plan.</summary>
    public IReadOnlyList<Hold> Holds { get; init; } = [];

    /// <summary>What goes through and should be known; null when there is nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Notice>? Notices { get; init; }

    public Approval? Approval { get; init; }

    /// <summary>What went wrong at the last try of its export; kept for the case that it was the last one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? LastError { get; init; }

    public IReadOnlyList<FeedFile> Files { get; init; } = [];

    /// <summary>Whether nothing of it was sent, and something of it may be.</summary>
    [JsonIgnore]
    public bool IsWaiting => State == ReceiptState.Held;

    /// <summary>Whether its plan waits for an operator's answer.</summary>
    [JsonIgnore]
    public bool IsAsking => Plan is not null && OpenHolds.Count > 0;

    /// <summary>Whether an operator's answer was carried out, so that nothing of the plan waits any more.</summary>
    [JsonIgnore]
    public bool IsAnswered => Approval is not null && Holds.Count == 0 && Stopped is null && IsDelivered;

    /// <summary>What waits for an operator and has no answer yet. Of a target that rests the night in which it goes on asks.</summary>
    [JsonIgnore]
    public IReadOnlyList<Hold> OpenHolds => Approval is null && Rest is null ? Holds : [];

    /// <summary>Whether an answer was given and has come to nothing, for another cause than a delivery that failed: the same answer would come to nothing again.</summary>
    [JsonIgnore]
    public bool IsVain => Approval is not null && Holds.Count > 0 && State is not (null or ReceiptState.Failed);

    /// <summary>What the target does with what was sent: nothing, where it rests; what was let through, once that is on its way; else what did not wait.</summary>
    public IReadOnlyList<string> Doings(DeliveryPlan plan) =>
        Rest is not null && !IsDelivered ? [] : Approval is { IsRefusal: false } && !IsVain ? plan.WhenApproved : plan.Tonight;

    /// <inheritdoc cref="Receipt.IsDelivered"/>
    [JsonIgnore]
    public bool IsDelivered => State is not (null or ReceiptState.Built or ReceiptState.Failed or ReceiptState.Held);
}

/// <param name="Hash">SHA-256 of the plan: an approval is good for exactly this one.</param>
/// <param name="Held">Rows that wait for an operator, with those that are due to be deleted for good.</param>
/// <param name="Waiting">Removals that are not missing for long enough yet.</param>
public sealed record PlanSummary(string Hash, int Added, int Changed, int Removed, int Held, int Waiting)
{
    /// <summary>What rests at the target and is due to be deleted for good, held or not; absent for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Deleted { get; init; }
}

/// <summary>An operator's word that exactly this plan may be carried out, or is not to be.</summary>
public sealed record Approval(string Plan, DateTimeOffset At)
{
    /// <summary>Whose word it is, as far as it can be told.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? By { get; init; }

    /// <summary>Why, as they said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsRefusal { get; init; }

    /// <summary>When, and by whom.</summary>
    [Told]
    public string Words => $"{(IsRefusal ? "refused" : "approved")} already, at {At.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(By is null ? "" : $" by {By}")}";
}
