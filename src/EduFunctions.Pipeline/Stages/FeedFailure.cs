using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Ends a feed whose message failed for good, or which only an operator can help, with a receipt that says so. The run goes on with its other feeds, and ends
/// when all have.
/// </summary>
public sealed class FeedFailure(RunStore runs, ReceiptStore receipts, PlanStore plans, Seals seals, TimeProvider time)
{
    /// <param name="poison">The queue of the message; null when the feed ends for another reason.</param>
    /// <param name="state">Failed or held.</param>
    public async Task<RunRecord> EndAsync(RunRecord run, FeedRun feed, string? poison, ReceiptState state, string reason, CancellationToken ct)
    {
        try
        {
            var (receipt, plan, seal) = await EndAsync(run, feed, state, reason, ct);
            return await NoteAsync(run, poison, record => record.WithFeed(receipt, plan, time.GetUtcNow()).WithSeal(seal), ct);
        }
        catch (BlobTroubleException e) when (e.IsLasting)
        {
            // Where its receipt cannot say it, the run's record does: no run waits for a feed that nobody can end. Of a storage that was silent once it is
            // not known whether the feed was delivered, so the message asks again.
            var told = reason.Contains(e.Message, StringComparison.Ordinal) ? reason : $"{reason} {e.Message}";
            return await NoteAsync(run, poison, record => record.WithFeed(Ended(New(run, feed, feed.Target), feed, state, told), plan: null, time.GetUtcNow()), ct);
        }
    }

    private async Task<(Receipt Receipt, HashedPlan? Plan, Seal Seal)> EndAsync(RunRecord run, FeedRun feed, ReceiptState state, string reason, CancellationToken ct)
    {
        var plan = await plans.ReadAsync(run.Tenant, run.Run, feed.Name, ct);
        var stored = await receipts.ReadAsync(run.Tenant, run.Run, feed.Name, ct);
        var isEnded = stored?.Receipt is { IsFinal: true } given && given.Approval == feed.Approval?.Plan;
        var ended = stored?.Receipt;
        if (!isEnded)
        {
            ended = Ended(ended ?? New(run, feed, plan?.Plan.Plan.Target), feed, state, reason);
            stored = (ended, await receipts.SaveAsync(ended, ct));
        }

        IReadOnlyList<StoredRecord> records = plan is null ? [stored!.Value.Stored] : [plan.Value.Stored, stored!.Value.Stored];
        var seal = await seals.SealAsync(run.Tenant, records, ct);
        if (isEnded && ended!.IsMilestone)
        {
            // It was delivered, and failed at saying so.
            await receipts.SaveLastAsync(ended, ct);
        }

        return (ended!, plan?.Plan, seal);
    }

    private Task<RunRecord> NoteAsync(RunRecord run, string? poison, Func<RunRecord, RunRecord> end, CancellationToken ct) =>
        runs.UpdateAsync(run.Tenant, run.Run, record => record.IsFinal ? record : end(record) with { Poison = poison ?? record.Poison }, ct);

    private Receipt Ended(Receipt receipt, FeedRun feed, ReceiptState state, string reason) => receipt with
    {
        State = state,
        Reason = reason,
        Approval = feed.Approval?.Plan,
        Finished = time.GetUtcNow(),
        IsGivenUp = state == ReceiptState.Failed,
    };

    /// <summary>
    /// What a delivery that ended without success goes on with, now that its run was taken up again; null when there was nothing of it yet. What was never
    /// handed to its delivery stays as it is, and is made anew; a file that failed is sent again.
    /// </summary>
    public static Receipt? Resumed(Receipt given, RunRecord run) => given is { IsGivenUp: true, Roster: null, Leaving: null } ? null
        : given.IsGivenUp ? Open(given, run)
        : given is { State: ReceiptState.Failed, Attempts: > 0, Leaving: null }
            ? Open(given, run) with { Progress = [.. given.Progress.Where(file => file.State != ReceiptState.Failed)] }
        : given;

    private static Receipt Open(Receipt given, RunRecord run) =>
        given with { State = ReceiptState.Built, Reason = null, Finished = null, IsGivenUp = false, Number = run.Number };

    /// <summary>
    /// Whether the receipt tells of a try before the run was taken up again, which did not come to what was to be done: it failed, or something kept an
    /// operator's answer from being carried out.
    /// </summary>
    /// <param name="approval">The plan that an operator has answered; null for none.</param>
    public static bool IsOfEarlierTry(Receipt given, RunRecord run, string? approval) => given.IsGivenUp
        || (given.IsFinal && given.Number < run.Number && given.Approval == approval
            && (given.State == ReceiptState.Failed || (approval is not null && !given.IsAnswered)));

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
