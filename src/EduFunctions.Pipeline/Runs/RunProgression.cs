using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Sealing;

namespace EduFunctions.Pipeline.Runs;

/// <summary>How a run record moves on. Pure, and harmless when repeated: a stage may run twice.</summary>
public static class RunProgression
{
    /// <summary>Enters a stage, unless the run is there, further, or at its end.</summary>
    public static RunRecord Enter(this RunRecord run, RunState state, string stage, DateTimeOffset now) =>
        run.IsFinal || run.State >= state
            ? run
            : run with { State = state, Stages = [.. run.Stages, new StageTime(stage, now, null)] };

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

    /// <summary>Notes what became of a feed; the last one ends the run.</summary>
    public static RunRecord WithFeed(this RunRecord run, Receipt receipt, DateTimeOffset now)
    {
        var feeds = run.Feeds.Select(feed => feed.Name == receipt.Feed
            ? feed with { State = receipt.State, Reason = receipt.Reason, Files = receipt.Files }
            : feed);
        var changed = run with { Feeds = [.. feeds] };
        return changed.Feeds.All(feed => feed.State is not null)
            ? changed.Leave("export", now).End(Outcome(changed), OutcomeReason(changed), now)
            : changed;
    }

    public static RunRecord WithSeal(this RunRecord run, Seal seal) => run.Seal?.Sequence >= seal.Sequence ? run : run with { Seal = seal };

    private static RunState Outcome(RunRecord run) =>
        run.Feeds.Any(feed => feed.State == ReceiptState.Failed) ? RunState.Failed
        : run.Feeds.Any(feed => feed.State == ReceiptState.Held) ? RunState.Held
        : run.DryRun ? RunState.DryRun
        : run.Feeds.Any(feed => feed.State is ReceiptState.ProcessedWithErrors or ReceiptState.Unknown) ? RunState.DeliveredWithErrors
        : RunState.Delivered;

    private static string? OutcomeReason(RunRecord run) =>
        string.Join(" ", run.Feeds.Where(feed => feed.Reason is not null).Select(feed => $"Feed {feed.Name}: {feed.Reason}")) is { Length: > 0 } reasons
            ? reasons
            : null;
}
