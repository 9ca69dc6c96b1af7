using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What became of an operator's answer.</summary>
/// <param name="Refusal">Why it does not count; null when it does.</param>
/// <param name="IsKnown">Whether there is such a run.</param>
/// <param name="Next">What has to be done for it.</param>
public sealed record ApprovalAnswer(string? Refusal, bool IsKnown, NextMessages Next)
{
    /// <summary>That the same was answered before, by whom and when; null for the first time.</summary>
    public string? Note { get; init; }

    internal static ApprovalAnswer Refuse(string reason) => new(reason, true, NextMessages.None);
}

/// <summary>
/// Lets through what the guard held, or takes back what came beside it: exactly the plan that was shown, for a limited time, and only as long as no later
/// run has seen more.
/// </summary>
public sealed class Approvals(RunStore runs, PipelineOptions options, TimeProvider time)
{
    /// <param name="by">Who says so.</param>
    public Task<ApprovalAnswer> ApproveAsync(string tenant, string run, string hash, string? by, CancellationToken ct) =>
        AnswerAsync(tenant, run, new Approval(hash, time.GetUtcNow()) { By = by }, ct);

    /// <inheritdoc cref="ApproveAsync"/>
    public Task<ApprovalAnswer> RefuseAsync(string tenant, string run, string hash, string? by, CancellationToken ct) =>
        AnswerAsync(tenant, run, new Approval(hash, time.GetUtcNow()) { By = by, IsRefusal = true }, ct);

    private async Task<ApprovalAnswer> AnswerAsync(string tenant, string run, Approval answer, CancellationToken ct)
    {
        if (await runs.FindAsync(tenant, run, ct) is not { } record)
        {
            return new ApprovalAnswer($"Tenant {tenant} has no run {run}.", false, NextMessages.None);
        }

        if (FindAnswered(record, answer.Plan) is { } answered)
        {
            return Again(record, answered, answer);
        }

        if (await FindObstacleAsync(record, answer, ct) is { } obstacle)
        {
            return ApprovalAnswer.Refuse(obstacle);
        }

        var held = record.Feeds.Single(feed => feed.Plan?.Hash == answer.Plan);
        var reopened = await runs.ReopenAsync(
            tenant, run, current => current.IsFinal && FindAnswered(current, answer.Plan) is null ? current.Approve(held.Name, answer) : current, ct);
        return reopened is null ? ApprovalAnswer.Refuse($"A newer run of {tenant} has begun, so the plan of run {run} is void. Answer the newer one's plan.")
            : FindAnswered(reopened, answer.Plan) is not { } now ? ApprovalAnswer.Refuse($"Run {run} is under way. Answer when it has ended.")
            : now.Approval == answer ? new ApprovalAnswer(null, true, Export(reopened, held))
            : Again(reopened, now, answer);
    }

    private static FeedRun? FindAnswered(RunRecord run, string hash) => run.Feeds.FirstOrDefault(feed => feed.Approval?.Plan == hash);

    /// <summary>Asked twice: the message of the first time may be lost, and a second one does no harm.</summary>
    private static ApprovalAnswer Again(RunRecord run, FeedRun answered, Approval answer) => answered.Approval!.IsRefusal == answer.IsRefusal
        ? new ApprovalAnswer(null, true, run.IsFinal ? NextMessages.None : Export(run, answered)) { Note = $"Plan {answer.Plan} was {answered.Approval.Words}." }
        : ApprovalAnswer.Refuse($"Plan {answer.Plan} was {answered.Approval.Words}. Run again, and answer that run's plan.");

    private static NextMessages Export(RunRecord run, FeedRun feed) => NextMessages.Of(new ExportMessage(run.Tenant, run.Run, feed.Name));

    private async Task<string?> FindObstacleAsync(RunRecord run, Approval answer, CancellationToken ct) =>
        run.Feeds.FirstOrDefault(feed => feed.Plan?.Hash == answer.Plan && feed.Holds.Count > 0) is not { } held
            ? $"Run {run.Run} holds no plan {answer.Plan}. Look at the run for the plan it shows."
        : run.DryRun ? $"Run {run.Run} is a dry run, so there is nothing to release. Sync, and answer that run's plan."
        : !run.IsFinal ? $"Run {run.Run} is under way. Answer when it has ended."
        : await runs.FindNewestAsync(run.Tenant, ct) is { } newest && newest != run.Run
            ? $"Run {newest} is newer, so the plan of run {run.Run} is void. Answer the newer one's plan."
        : time.GetUtcNow() - run.Finished > options.ApprovalLifetime
            ? $"The plan of run {run.Run} is older than {options.ApprovalLifetime.TotalHours:0} hours, so it is void. Run again."
        : answer.IsRefusal && !held.IsDelivered
            ? $"Nothing of feed {held.Name} was sent in run {run.Run}, so there is nothing to take back: it waits, and the next run makes another plan."
        : null;
}
