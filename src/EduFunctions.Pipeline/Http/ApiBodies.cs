using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.Pipeline.Http;

/// <param name="Plan">Hash of the plan as the run showed it, or at least its first eight characters.</param>
/// <param name="Reason">Why: it goes on record with the name.</param>
public sealed record RefuseBody(string? Plan = null, string? Reason = null);

/// <summary>The only word that some calls take.</summary>
/// <param name="Reason">Why: it goes on record with the name.</param>
public sealed record ReasonBody(string? Reason = null);

/// <param name="Plan">Hash of the plan as the run showed it, or at least its first eight characters.</param>
/// <param name="AllFeeds">In its place: every plan that the run holds.</param>
/// <param name="Reason">Why: it goes on record with the name.</param>
public sealed record ApproveBody(string? Plan = null, bool AllFeeds = false, string? Reason = null)
{
    internal bool IsOne => Plan is { Length: > 0 } ? !AllFeeds : AllFeeds && Plan is null;
}

/// <summary>Plans of several runs; those of one run are one decision.</summary>
/// <param name="Reason">Why, for all of them: it goes on record with the name.</param>
public sealed record ApprovalList(IReadOnlyList<ListedPlan?>? Plans = null, string? Reason = null)
{
    internal bool IsWhole => Plans is { Count: > 0 } && Plans.All(plan => plan is { Tenant: not null, Run: not null });
}

/// <param name="Plan">Hash of the plan as the run showed it, or at least its first eight characters; null for every plan that the run holds.</param>
public sealed record ListedPlan(string? Tenant = null, string? Run = null, string? Plan = null);

/// <summary>What became of a list, run by run.</summary>
public sealed record ListedAnswers(IReadOnlyList<ListedAnswer> Answers);

/// <param name="Refusal">Why the approval does not count; null when it does.</param>
/// <param name="Note">What the caller should know of it, such as that a plan was approved already.</param>
public sealed record ListedAnswer(string Tenant, string Run, string? Refusal, string? Note);

/// <summary>The nights that were begun now.</summary>
public sealed record BegunNights(IReadOnlyList<BegunNight> Nights);

/// <param name="Run">Null where the storage does not take the record of one.</param>
/// <param name="Problem">Why the tenant has no night yet: its file is refused, a blob of it cannot be read, or another run is under way; null when it has.</param>
public sealed record BegunNight(string Tenant, string? Run, string? Problem);

/// <summary>What is wanted of a run that is asked for.</summary>
/// <param name="Feeds">Names of the feeds to export; null for all.</param>
/// <param name="Changed">Pulls what has changed since the last pull alone.</param>
/// <param name="AcceptMisses">Begins with changes anew, although a full pull has found that they were not all there.</param>
public sealed record SyncBody(
    string? Reason = null, bool DryRun = false, bool AcceptShrink = false, bool Total = false, IReadOnlyList<string>? Feeds = null, bool Changed = false,
    bool AcceptMisses = false)
{
    internal RunRequest ToRequest(Asker by) => new()
    {
        Trigger = RunTrigger.OnDemand,
        DryRun = DryRun,
        AcceptShrink = AcceptShrink,
        Changed = Changed,
        AcceptMisses = AcceptMisses,
        Total = Total,
        Reason = by.Reason,
        By = by.Name,
        Feeds = Feeds,
    };
}

/// <summary>A run that was begun, or goes on.</summary>
public sealed record BegunRun(string Run)
{
    /// <summary>What the caller should know of it, such as that a plan was approved already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }
}

/// <param name="Problem">What is wrong with the tenant file, which secret this host lacks, or which blob of the tenant cannot be read; null when nothing is.</param>
/// <param name="TimeZone">By which its days are counted; UTC for a file that cannot be used.</param>
/// <param name="LatestRun">Null before the first.</param>
/// <param name="Feeds">How old what each target has is.</param>
public sealed record TenantStatus(
    string Tenant, string Name, bool Enabled, string TimeZone, string? Problem, RunRecord? LatestRun, IReadOnlyList<FreshnessStatus> Feeds)
{
    /// <summary>Names of secrets that the file wants and this host lacks: it cannot run the tenant, and the file is not wrong.</summary>
    public IReadOnlyList<string> MissingSecrets { get; init; } = [];

    /// <summary>The latest run but for those that came to nothing: whose plans can be answered.</summary>
    [JsonIgnore]
    public RunRecord? StandingRun { get => field ?? LatestRun; init; }

    /// <summary>Whether this host can run the tenant, be it by its last good file: where it cannot, no button that begins or goes on with anything would do it.</summary>
    [JsonIgnore]
    public bool IsRunnable { get; init; } = true;

    /// <summary>Whether the problem is not the file: something of the tenant cannot be read.</summary>
    [JsonIgnore]
    public bool IsUnreadable { get; init; }

    internal TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(TimeZone);
}
