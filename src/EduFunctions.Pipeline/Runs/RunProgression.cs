using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Sealing;

namespace EduFunctions.Pipeline.Runs;

/// <summary>How a run record moves on. Pure, and harmless when repeated: a stage may run twice.</summary>
public static class RunProgression
{
    private const int HoldsShown = 20;
    private const int HoldsTold = 3;

    /// <summary>Enters a stage, unless the run is there, further, or at its end.</summary>
    public static RunRecord Enter(this RunRecord run, RunState state, string stage, DateTimeOffset now) =>
        run.IsFinal || run.State >= state
            ? run
            : run with { State = state, Stages = [.. run.Stages, new StageTime(stage, now, null)] };

    /// <summary>Enters a stage to do its work, perhaps once more, and counts that.</summary>
    public static RunRecord Take(this RunRecord run, RunState state, string stage, DateTimeOffset now) =>
        run.IsFinal || run.State > state ? run : run.Enter(state, stage, now) with { Turns = run.Turns + 1 };

    /// <summary>The run as it is now, for who has taken it up.</summary>
    /// <exception cref="FencedOffException">Somebody else has since; the stage is that one's to end.</exception>
    public static RunRecord Still(this RunRecord run, RunRecord taken) => run.Turns == taken.Turns
        ? run
        : throw new FencedOffException($"The run {run.Run} has been taken up by another host.");

    public static RunRecord Leave(this RunRecord run, string stage, DateTimeOffset now) => run with
    {
        LastError = null,
        Stages = [.. run.Stages.Select(time => time.Name == stage && time.Finished is null ? time with { Finished = now } : time)],
    };

    public static RunRecord End(this RunRecord run, RunState state, string? reason, DateTimeOffset now) => run.IsFinal ? run : run with
    {
        State = state,
        StateReason = reason,
        Finished = now,
        LastError = null,
        Stages = [.. run.Stages.Select(time => time with { Finished = time.Finished ?? now })],
    };

    /// <summary>Goes back to exporting the feeds whose plans were answered.</summary>
    public static RunRecord Approve(this RunRecord run, IReadOnlyList<Approval> answers) => run with
    {
        State = RunState.Exporting,
        StateReason = null,
        Finished = null,
        Stages = [.. run.Stages, new StageTime("export", answers[0].At, null)],
        Feeds = [.. run.Feeds.Select(feed => answers.FirstOrDefault(answer => answer.Plan == feed.Plan?.Hash) is { } answer
            ? feed with { State = null, Reason = null, Rest = null, Approval = answer }
            : feed)],
    };

    /// <summary>Keeps what went wrong at a try, and of an export also with its feed.</summary>
    public static RunRecord WithError(this RunRecord run, string? feed, string problem) => run with
    {
        LastError = problem,
        Feeds = feed is null ? run.Feeds : [.. run.Feeds.Select(each => each.Name == feed ? each with { LastError = problem } : each)],
    };

    /// <summary>Goes back to the stage in which a message failed for good; a run that did not fail is left as it is.</summary>
    public static RunRecord Reopen(this RunRecord run, RunState state, string stage, DateTimeOffset now) => run.State != RunState.Failed ? run : run with
    {
        State = state,
        StateReason = null,
        Finished = null,
        Poison = null,
        Stages = [.. run.Stages, new StageTime(stage, now, null)],
        Feeds = [.. run.Feeds.Select(feed => feed.State == ReceiptState.Failed ? feed with { State = null, Reason = null } : feed)],
    };

    /// <summary>Notes what became of a feed; the last one ends the run.</summary>
    /// <param name="plan">Null for a feed that could not be planned.</param>
    public static RunRecord WithFeed(this RunRecord run, Receipt receipt, HashedPlan? plan, DateTimeOffset now)
    {
        // An answer that was not carried out leaves what it was given to, also where nobody can read the plan any more.
        var isUnanswered = plan is null && receipt.Approval is not null && !receipt.IsAnswered;
        var feeds = run.Feeds.Select(feed => feed.Name == receipt.Feed
            ? feed with
            {
                Type = receipt.Type,
                State = receipt.State,
                Reason = receipt.Reason,
                LastError = null,
                Stopped = receipt.Stopped,
                Rest = receipt.Rest,
                Caveat = receipt.Caveat,
                Files = receipt.Files,
                Plan = plan is not null ? Summary(plan) : isUnanswered ? feed.Plan : null,
                Target = receipt.Target,
                Notices = isUnanswered ? feed.Notices : plan?.Notices,
                Holds = isUnanswered ? feed.Holds : plan is null || receipt.IsAnswered ? [] : [.. plan.Plan.Holds.Take(HoldsShown)],
            }
            : feed);
        var changed = run with { Feeds = [.. feeds] };
        return changed.Feeds.All(feed => feed.State is not null)
            ? changed.Leave("export", now).End(Outcome(changed), OutcomeReason(changed), now)
            : changed;
    }

    /// <summary>Goes on to the exports, which send nothing but what takes protected persons out.</summary>
    public static RunRecord Refuse(this RunRecord run, string reason, DateTimeOffset now) => run.IsFinal || run.State >= RunState.Exporting
        ? run
        : run with
        {
            State = RunState.Exporting,
            Refused = reason,
            Stages = [.. run.Stages.Select(time => time with { Finished = time.Finished ?? now }), new StageTime("export", now, null)],
        };

    public static RunRecord WithSeal(this RunRecord run, Seal seal) => run.Seal?.Sequence >= seal.Sequence ? run : run with { Seal = seal };

    private static RunState Outcome(RunRecord run) =>
        run.Feeds.Any(feed => feed.State == ReceiptState.Failed || feed.Stopped is not null) ? RunState.Failed
        : run.Feeds.Any(feed => feed.Rest is null && (feed.State == ReceiptState.Held || feed.Holds.Count > 0)) ? RunState.Held
        : run.DryRun ? RunState.DryRun
        : run.Feeds.Any(feed => feed.State is ReceiptState.ProcessedWithErrors or ReceiptState.Unknown) ? RunState.DeliveredWithErrors
        : RunState.Delivered;

    [Told]
    private static string? OutcomeReason(RunRecord run) => run.Refused is { } refused
        ? $"{refused}{(run.Feeds.Any(feed => feed.Files.Count > 0) ? " Who is protected was taken out of the targets all the same." : "")}"
        : string.Join(" ", run.Feeds.Select(feed => Titled(feed.Name, Reason(run, feed))).OfType<string>()) is { Length: > 0 } reasons
            ? reasons
            : null;

    [Told]
    private static string? Titled(string feed, string? reason) => reason is null || IsTitled(feed, reason) ? reason : $"Feed {feed}: {reason}";

    /// <summary>Whether a reason begins with the feed's name.</summary>
    private static bool IsTitled(string feed, string reason) => reason.StartsWith($"Feed {feed} ", StringComparison.Ordinal);

    [Told]
    private static string? Reason(RunRecord run, FeedRun feed) => feed.Rest is not null ? feed.Reason
        : feed.Stopped ?? (HasLeftOnly(feed) ? null : feed.Reason) ?? (feed.Holds.Count == 0 ? null : string.Join(" ",
    [
        .. feed.Reason is { } reason ? [reason] : feed.Holds.Take(HoldsTold).Select(hold => hold.Message),
        .. IsBaselineLost(feed) ? (feed.Notices ?? []).Select(notice => notice.Message) : [],
        .. feed.Holds.Count > HoldsTold ? ["And more."] : Array.Empty<string>(),
        run.DryRun ? "It is a dry run." : $"Look at the plan; approve {feed.Plan!.Hash} if it is right.",
    ]));

    /// <summary>Whether it is held as a whole, and only took out who is protected: its plan waits all the same.</summary>
    private static bool HasLeftOnly(FeedRun feed) =>
        feed.Holds.FirstOrDefault(hold => hold.IsWhole) is { } whole && feed.Reason?.StartsWith(whole.Message, StringComparison.Ordinal) == true;

    private static bool IsBaselineLost(FeedRun feed) => feed.Holds.Any(hold => hold.Code == HoldCode.BaselineLost);

    private static PlanSummary Summary(HashedPlan plan) => new(
        plan.Hash,
        plan.Plan.Totals.Sum(rows => rows.Added),
        plan.Plan.Totals.Sum(rows => rows.Changed),
        plan.Plan.Totals.Sum(rows => rows.Removed),
        plan.Plan.Ceiling.Sum(rows => rows.Added + rows.Changed + rows.Removed) + plan.Plan.HeldDeletions,
        plan.Plan.Waiting)
    {
        Deleted = plan.Plan.Deletions?.Sum(rows => rows.Ids.Count) ?? 0,
    };
}
