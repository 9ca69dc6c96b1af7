using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What became of an approval.</summary>
/// <param name="Refusal">Why it does not count; null when it does.</param>
/// <param name="IsKnown">Whether there is such a run.</param>
/// <param name="Next">What has to be done for it.</param>
public sealed record ApprovalAnswer(string? Refusal, bool IsKnown, NextMessages Next)
{
    internal static ApprovalAnswer Refuse(string reason) => new(reason, true, NextMessages.None);
}

/// <summary>Lets through what the guard held: exactly the plan that was shown, for a limited time, and only as long as no later run has seen more.</summary>
public sealed class Approvals(RunStore runs, PipelineOptions options, TimeProvider time)
{
    public async Task<ApprovalAnswer> ApproveAsync(string tenant, string run, string hash, CancellationToken ct)
    {
        if (await runs.FindAsync(tenant, run, ct) is not { } record)
        {
            return new ApprovalAnswer($"Tenant {tenant} has no run {run}.", false, NextMessages.None);
        }

        if (record.Feeds.FirstOrDefault(feed => feed.Approval?.Plan == hash) is { } approved)
        {
            // Asked twice: the message of the first time may be lost, and a second one does no harm.
            return new ApprovalAnswer(null, true, record.IsFinal ? NextMessages.None : Export(record, approved));
        }

        if (await FindRefusalAsync(record, hash, ct) is { } refusal)
        {
            return ApprovalAnswer.Refuse(refusal);
        }

        var approval = new Approval(hash, time.GetUtcNow());
        var held = record.Feeds.Single(feed => feed.Plan?.Hash == hash);
        return await runs.ReopenAsync(tenant, run, current => current.Approve(held.Name, approval), ct) is not { } reopened
            ? ApprovalAnswer.Refuse($"A newer run of {tenant} has begun, so the plan of run {run} is void. Approve the newer one's plan.")
            : reopened.Feeds.Any(feed => feed.Approval == approval)
            ? new ApprovalAnswer(null, true, Export(reopened, held))
            : ApprovalAnswer.Refuse($"Run {run} is under way. Approve when it has ended.");
    }

    private static NextMessages Export(RunRecord run, FeedRun feed) => NextMessages.Of(new ExportMessage(run.Tenant, run.Run, feed.Name));

    private async Task<string?> FindRefusalAsync(RunRecord run, string hash, CancellationToken ct) =>
        run.Feeds.All(feed => feed.Plan?.Hash != hash || feed.Holds.Count == 0) ? $"Run {run.Run} holds no plan {hash}. Look at the run for the plan it shows."
        : run.DryRun ? $"Run {run.Run} is a dry run, so there is nothing to release. Sync, and approve that run's plan."
        : !run.IsFinal ? $"Run {run.Run} is under way. Approve when it has ended."
        : await runs.FindNewestAsync(run.Tenant, ct) is { } newest && newest != run.Run
            ? $"Run {newest} is newer, so the plan of run {run.Run} is void. Approve the newer one's plan."
        : time.GetUtcNow() - run.Finished > options.ApprovalLifetime
            ? $"The plan of run {run.Run} is older than {options.ApprovalLifetime.TotalHours:0} hours, so it is void. Run again."
        : null;
}
