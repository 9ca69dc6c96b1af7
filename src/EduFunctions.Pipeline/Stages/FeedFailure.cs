using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Ends a feed whose message failed for good, with a receipt that says so. The run goes on with its other feeds, and ends when all have.</summary>
public sealed class FeedFailure(RunStore runs, ReceiptStore receipts, PlanStore plans, Seals seals, TimeProvider time)
{
    /// <param name="poison">The queue of the message.</param>
    public async Task<RunRecord> EndAsync(RunRecord run, FeedRun feed, string poison, string reason, CancellationToken ct)
    {
        var plan = await plans.ReadAsync(run.Tenant, run.Run, feed.Name, ct);
        var stored = await receipts.ReadAsync(run.Tenant, run.Run, feed.Name, ct);
        if (stored?.Receipt is not { IsFinal: true } ended || ended.Approval != feed.Approval?.Plan)
        {
            ended = (stored?.Receipt ?? New(run, feed, plan?.Plan.Plan.Target)) with
            {
                State = ReceiptState.Failed,
                Reason = reason,
                Approval = feed.Approval?.Plan,
                Finished = time.GetUtcNow(),
                IsGivenUp = true,
            };
            stored = (ended, await receipts.SaveAsync(ended, ct));
        }

        IReadOnlyList<StoredRecord> records = plan is null ? [stored.Value.Stored] : [plan.Value.Stored, stored.Value.Stored];
        var seal = await seals.SealAsync(run.Tenant, records, ct);
        return await runs.UpdateAsync(
            run.Tenant, run.Run, r => r.IsFinal ? r : r.WithFeed(ended, plan?.Plan, time.GetUtcNow()).WithSeal(seal) with { Poison = poison }, ct);
    }

    /// <summary>What a delivery that was given up goes on with; null when there was nothing of it yet.</summary>
    public static Receipt? Resumed(Receipt given) => given is { Roster: null, Leaving: null }
        ? null
        : given with { State = ReceiptState.Built, Reason = null, Finished = null, IsGivenUp = false };

    private static Receipt New(RunRecord run, FeedRun feed, string? target) => new()
    {
        Tenant = run.Tenant,
        Run = run.Run,
        Number = run.Number,
        Feed = feed.Name,
        Type = feed.Type,
        State = ReceiptState.Failed,
        Target = target ?? "",
        Files = [],
    };
}
