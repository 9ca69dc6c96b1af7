using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What became of the wish to go on with a failed run.</summary>
/// <param name="Refusal">Why it is not done; null when it is.</param>
/// <param name="IsKnown">Whether there is such a run.</param>
/// <param name="Next">What has to be done for it.</param>
public sealed record RequeueAnswer(string? Refusal, bool IsKnown, NextMessages Next);

/// <summary>
/// Takes up a run again whose message failed for good, when the cause is gone: from the stage it failed in, with every feed that is not
/// finished. Asked twice it does no more than asked once, since every stage may run twice.
/// </summary>
public sealed class Requeueing(RunStore runs, PoisonStore poison, ActLog acts, TimeProvider time)
{
    /// <param name="by">Who says so.</param>
    [Told]
    public async Task<RequeueAnswer> RequeueAsync(string tenant, string run, Asker by, CancellationToken ct)
    {
        if (await runs.FindAsync(tenant, run, ct) is not { } record)
        {
            return new RequeueAnswer($"Tenant {tenant} has no run {run}.", false, NextMessages.None);
        }

        var failed = (await poison.ListAsync(tenant, ct)).Where(message => message.Run == run).MaxBy(message => message.Since);
        if (await FindRefusalAsync(record, failed, ct) is { } refusal)
        {
            return new RequeueAnswer(refusal, true, NextMessages.None);
        }

        var act = await acts.WriteAsync(new Act { Tenant = tenant, Kind = ActKind.Requeue, By = by.Name, Reason = by.Reason, Run = run }, ct);
        var queue = failed!.Queue.Split('-')[0];
        if (await runs.ReopenAsync(tenant, run, current => current.Reopen(StateOf(queue), queue, time.GetUtcNow()), ct) is { } reopened)
        {
            return new RequeueAnswer(null, true, StartStage.Continue(reopened));
        }

        var overtaken = $"A newer run of {tenant} has begun, so run {run} is not taken up again.";
        await acts.RefuseAsync(act, overtaken, ct);
        return new RequeueAnswer(overtaken, true, NextMessages.None);
    }

    [Told]
    private async Task<string?> FindRefusalAsync(RunRecord run, PoisonMessage? failed, CancellationToken ct) =>
        failed is null ? $"No message of run {run.Run} failed for good, so there is nothing to put back. Run again instead."
        : !run.IsFinal ? null
        : run.State != RunState.Failed ? $"Run {run.Run} is over; it ended well since."
        : await runs.FindOvertakingAsync(run, ct) is { } later ? $"Run {later.Run} is newer, so run {run.Run} is not taken up again."
        : null;

    private static RunState StateOf(string queue) => queue switch
    {
        Queues.Extract => RunState.Extracting,
        Queues.Transform => RunState.Transforming,
        _ => RunState.Exporting,
    };
}
