using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

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
/// Lets through what the guard held, or takes back what came beside it: exactly the plan that was shown, to the target it was made for, for a limited time,
/// and only as long as no later run has seen more. An answer that was not carried out can be given once more.
/// </summary>
public sealed class Approvals(
    RunStore runs, ReceiptStore receipts, TenantStore tenants, PlanRests rests, Catalog<IDelivery> deliveries, ActLog acts, PipelineOptions options, TimeProvider time)
{
    /// <param name="by">Who says so.</param>
    public Task<ApprovalAnswer> ApproveAsync(string tenant, string run, string hash, Asker by, CancellationToken ct) => ApproveAsync(tenant, run, [hash], by, ct);

    /// <summary>Several plans of one run, as one decision: all of them, or none.</summary>
    /// <param name="hashes">Of the plans as the run showed them.</param>
    /// <param name="by">Who says so.</param>
    public Task<ApprovalAnswer> ApproveAsync(string tenant, string run, IReadOnlyList<string> hashes, Asker by, CancellationToken ct) =>
        AnswerAsync(tenant, run, _ => hashes, Word(by), ct);

    /// <summary>Every plan that the run holds, as one decision. What a run holds does not change, so its name says which plans were looked at.</summary>
    /// <param name="by">Who says so.</param>
    public Task<ApprovalAnswer> ApproveAllAsync(string tenant, string run, Asker by, CancellationToken ct) =>
        AnswerAsync(tenant, run, HeldPlans, Word(by), ct);

    /// <inheritdoc cref="ApproveAsync(string, string, string, Asker, CancellationToken)"/>
    public Task<ApprovalAnswer> RefuseAsync(string tenant, string run, string hash, Asker by, CancellationToken ct) =>
        AnswerAsync(tenant, run, _ => [hash], Word(by) with { IsRefusal = true }, ct);

    private Approval Word(Asker by) => new("", time.GetUtcNow()) { By = by.Name, Reason = by.Reason };

    /// <summary>Those that wait; where none does, those that were approved, so that it may be said twice.</summary>
    private static IReadOnlyList<string> HeldPlans(RunRecord run)
    {
        var waiting = run.Feeds.Where(feed => feed.IsAsking).Select(feed => feed.Plan!.Hash).ToList();
        return waiting.Count > 0 ? waiting : [.. run.Feeds.Where(feed => feed.Approval is { IsRefusal: false }).Select(feed => feed.Approval!.Plan)];
    }

    /// <param name="choose">Hashes of the plans that are answered.</param>
    /// <param name="decision">The answer, the same to all of them.</param>
    [Told]
    private async Task<ApprovalAnswer> AnswerAsync(
        string tenant, string run, Func<RunRecord, IReadOnlyList<string>> choose, Approval decision, CancellationToken ct)
    {
        if (await runs.FindAsync(tenant, run, ct) is not { } record)
        {
            return new ApprovalAnswer($"Tenant {tenant} has no run {run}.", false, NextMessages.None);
        }

        var answers = choose(record).Select(plan => ShownPlans.Whole(record, plan)).Distinct().Select(plan => decision with { Plan = plan }).ToList();
        if (answers.Count == 0)
        {
            return ApprovalAnswer.Refuse($"Run {run} holds no plan. Look at its state for what to do.");
        }

        var open = answers.Where(answer => FindDone(record, answer) is null).ToList();
        if (open.Count == 0)
        {
            return Again(record, answers);
        }

        try
        {
            foreach (var answer in open)
            {
                if (await FindObstacleAsync(record, answer, ct) is { } obstacle)
                {
                    return ApprovalAnswer.Refuse(obstacle);
                }
            }
        }
        catch (TenantRefusedException e)
        {
            return ApprovalAnswer.Refuse($"Nothing is done, and the plan still waits: {e.Sentence}");
        }
        catch (UnreadableBlobException e)
        {
            return ApprovalAnswer.Refuse($"Nothing is done, and the plan still waits: {e.Message}");
        }

        return await DecideAsync(record, open, ct);
    }

    /// <param name="answers">Whose plans wait, and none of which anything speaks against.</param>
    private async Task<ApprovalAnswer> DecideAsync(RunRecord run, IReadOnlyList<Approval> answers, CancellationToken ct)
    {
        var act = await acts.WriteAsync(ActOf(run, answers), ct);
        var answer = await CarryAsync(run, answers, ct);
        if ((answer.Refusal ?? answer.Note) is { } why)
        {
            await acts.RefuseAsync(act, why, ct);
        }

        return answer;
    }

    private static Act ActOf(RunRecord run, IReadOnlyList<Approval> answers) => new()
    {
        Tenant = run.Tenant,
        Kind = answers[0].IsRefusal ? ActKind.Refuse : ActKind.Approve,
        By = answers[0].By,
        Reason = answers[0].Reason,
        Run = run.Run,
        What = [.. answers.Select(answer => answer.Plan)],
    };

    [Told]
    private async Task<ApprovalAnswer> CarryAsync(RunRecord run, IReadOnlyList<Approval> answers, CancellationToken ct)
    {
        var reopened = await runs.ReopenAsync(
            run.Tenant, run.Run, current => current.IsFinal && answers.All(answer => FindDone(current, answer) is null) ? current.Approve(answers) : current, ct);
        return reopened is null
                ? ApprovalAnswer.Refuse(await runs.FindOvertakingAsync(run, ct) is { } later
                    ? Overtaken(later, run.Run)
                    : $"A newer run of {run.Tenant} has begun, so the plan of run {run.Run} is void.")
            : answers.Any(answer => FindAnswered(reopened, answer.Plan) is null) ? ApprovalAnswer.Refuse($"Run {run.Run} is under way. Answer when it has ended.")
            : answers.All(answer => FindAnswered(reopened, answer.Plan)!.Approval == answer) ? new ApprovalAnswer(null, true, Export(reopened, answers))
            : Again(reopened, answers);
    }

    private static FeedRun? FindAnswered(RunRecord run, string hash) => run.Feeds.FirstOrDefault(feed => feed.Approval?.Plan == hash);

    /// <summary>The feed whose plan has an answer that needs no other: it was carried out, or is about to be, or is not the same.</summary>
    private static FeedRun? FindDone(RunRecord run, Approval answer) =>
        FindAnswered(run, answer.Plan) is { } feed && (feed.Approval!.IsRefusal != answer.IsRefusal || !run.IsFinal || !IsOpen(feed)) ? feed : null;

    /// <summary>Whether the delivery that was to carry the answer out has failed, or something came between.</summary>
    private static bool IsOpen(FeedRun feed) => feed.State is null or ReceiptState.Failed || feed.Holds.Count > 0;

    /// <summary>Asked twice: the messages of the first time may be lost, and further ones do no harm.</summary>
    [Told]
    private static ApprovalAnswer Again(RunRecord run, IReadOnlyList<Approval> answers)
    {
        var earlier = answers.Select(answer => FindAnswered(run, answer.Plan)!.Approval!).ToList();
        return answers.Zip(earlier).FirstOrDefault(pair => pair.First.IsRefusal != pair.Second.IsRefusal) is { Second: { } other }
            ? ApprovalAnswer.Refuse($"Plan {other.Plan} was {other.Words}. Run again, and answer that run's plan.")
            : new ApprovalAnswer(null, true, run.IsFinal ? NextMessages.None : Export(run, answers))
            {
                Note = string.Join(' ', earlier.Select(approval => $"Plan {approval.Plan} was {approval.Words}.")),
            };
    }

    private static NextMessages Export(RunRecord run, IReadOnlyList<Approval> answers) =>
        NextMessages.Of(answers.Select(answer => new ExportMessage(run.Tenant, run.Run, FindAnswered(run, answer.Plan)!.Name)));

    /// <summary>Why a plan that a run holds cannot be let through by anybody; null when it can, or when the tenant file cannot be read, so that it still waits.</summary>
    public async Task<string?> FindVoidAsync(RunRecord run, FeedRun held, CancellationToken ct)
    {
        try
        {
            return await VoidAsync(run, held, ct) ?? await rests.TryFindAsync(run, held, isRefusal: false, ct);
        }
        catch (TenantRefusedException)
        {
            return null;
        }
    }

    [Told]
    private async Task<string?> VoidAsync(RunRecord run, FeedRun held, CancellationToken ct) =>
        run.DryRun ? $"Run {run.Run} is a dry run, so there is nothing to release. Sync, and answer that run's plan."
        : !run.IsFinal ? $"Run {run.Run} is under way. Answer when it has ended."
        : await runs.FindOvertakingAsync(run, ct) is { } later ? Overtaken(later, run.Run)
        : time.GetUtcNow() - run.Finished > options.ApprovalLifetime
            ? $"The plan of run {run.Run} is older than {options.ApprovalLifetime.TotalHours:0} hours, so it is void. Run again."
        : await FindMoveAsync(run.Tenant, held, ct);

    /// <summary>Nobody is sent to a plan that is not there.</summary>
    [Told]
    private static string Overtaken(RunRecord later, string run) =>
        !later.IsFinal ? $"Run {later.Run} is newer and under way, so the plan of run {run} is void. Wait until it has ended, and answer its plan if it holds one."
        : later.DryRun ? $"Run {later.Run}, a dry run, is newer, so the plan of run {run} is void. Sync, and answer that run's plan."
        : later.IsAsking ? $"Run {later.Run} is newer, so the plan of run {run} is void. Answer the newer one's plan."
        : later.State is RunState.Held or RunState.Failed
            ? $"Run {later.Run} is newer and has ended without a plan to answer, so the plan of run {run} is void. Sync again, and answer that run's plan."
        : $"Run {later.Run} is newer and has been delivered, so the plan of run {run} is void. Nothing of it waits any more.";

    [Told]
    private async Task<string?> FindObstacleAsync(RunRecord run, Approval answer, CancellationToken ct) =>
        run.Feeds.FirstOrDefault(feed => feed.Plan?.Hash == answer.Plan && (feed.Holds.Count > 0 || feed.Approval?.Plan == answer.Plan)) is not { } held
            ? answer.Plan.Length > 0 && answer.Plan.All(char.IsAsciiHexDigit)
                ? $"Run {run.Run} holds no plan {answer.Plan}. Look at the run for the plan it shows."
                : $"Run {run.Run} holds no such plan. Look at the run for the plan it shows."
        : await VoidAsync(run, held, ct) is { } why ? why
        : await rests.FindAsync(run, held, answer.IsRefusal, ct) is { } rest ? rest
        : await LacksReasonAsync(run.Tenant, answer, ct) ? Asker.Lack
        : answer.IsRefusal && !await HasReachedAsync(run, held, ct)
            ? $"Nothing of feed {held.Name} was sent in run {run.Run}, so there is nothing to take back: it waits, and the next run makes another plan."
        : null;

    /// <exception cref="TenantRefusedException">The tenant cannot be run here, so that nothing could be carried out.</exception>
    private async Task<bool> LacksReasonAsync(string tenant, Approval answer, CancellationToken ct) =>
        (await tenants.ReadAsync(tenant, ct)).Tenant.RequiresReasons() && answer.Reason is null;

    /// <summary>Why the plan's target is no longer the feed's; null when it is, or when only a host with the secret could tell.</summary>
    [Told]
    private async Task<string?> FindMoveAsync(string tenant, FeedRun held, CancellationToken ct)
    {
        var shown = await tenants.ShowAsync(tenant, ct);
        var feed = shown.Tenant.FindFeed(held.Name);
        if (feed is not null && shown.MissingSecrets.Count > 0 && deliveries[feed.Delivery.Type].IsSecret(feed.Delivery))
        {
            return null;
        }

        var move = feed is null ? $"Feed {held.Name} is no longer in the tenant file, so its plan cannot be carried out."
            : held.Key is not { } key || key.Is(deliveries.KeyOf(feed)) ? null
            : key.IsAt(deliveries.KeyOf(feed)) ? $"Feed {held.Name} is {feed.Type} now, and its plan is of {held.Type}."
            : $"Feed {held.Name} goes to {deliveries.TargetOf(feed)} now, and its plan is for {held.Target}.";
        return move is null ? null : $"{move} Run again, and answer that run's plan.";
    }

    /// <summary>Whether the target may have anything of what the run made for it, also of a delivery that failed half way.</summary>
    private async Task<bool> HasReachedAsync(RunRecord run, FeedRun held, CancellationToken ct) =>
        held.IsDelivered || held.Approval is not null || await receipts.FindAsync(run.Tenant, run.Run, held.Name, ct) is { Leaving: null, Progress.Count: > 0 };
}
