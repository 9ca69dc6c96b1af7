using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Renders a planned feed, checks it as the target would, stores it, and delivers it; the receipt, written last, says what became of it.</summary>
public sealed class ExportStage(
    TenantStore tenants, Freezing freezing, RunStore runs, ReceiptStore receipts, PlanStore plans, FeedPlanning planning, FeedDelivery delivery, DeliveredFiles delivered,
    Remembering remembering, Seals seals, RunProgress progress, TimeProvider time)
{
    public const string Name = "export";

    public async Task<NextMessages> RunAsync(ExportMessage message, IFence fence, CancellationToken ct)
    {
        var run = await runs.UpdateAsync(message.Tenant, message.Run, unchanged => unchanged, ct);
        var feed = run.Feeds.FirstOrDefault(feed => feed.Name == message.Feed);
        var approval = feed?.Approval?.Plan;
        var receipt = await receipts.ReadAsync(message.Tenant, message.Run, message.Feed, ct);
        var isAgain = feed?.State is null && receipt is { } known && FeedFailure.IsOfEarlierTry(known.Receipt, run, approval);
        if (isAgain)
        {
            receipt = FeedFailure.Resumed(receipt!.Value.Receipt, run) is { } resumed ? (resumed, receipt.Value.Stored) : null;
        }

        var (plan, planTrouble) = await ReadPlanAsync(message, ct);
        if (isAgain || receipt is not { Receipt.IsFinal: true } || receipt.Value.Receipt.Approval != approval)
        {
            var tenant = await freezing.ApplyAsync((await tenants.ReadAsync(message.Tenant, ct)).Tenant, ct);
            var setup = tenant.FeedOf(message.Feed);
            if (approval is null && receipt is not { Receipt.Progress.Count: > 0 } && delivery.FindMove(setup, plan?.Plan.Plan.Target, feed?.Type) is not null)
            {
                // Nothing has gone anywhere yet: it is judged anew, by what is known of where it goes now.
                (plan, receipt) = (null, null);
            }

            receipt = await ExportAsync(run, tenant, setup, plan?.Plan, planTrouble, approval, receipt?.Receipt, fence, ct);
        }

        var (ended, stored) = receipt.Value;
        if (!ended.IsFinal)
        {
            return NextMessages.Of(message);
        }

        await FinishAsync(ended, stored, plan ?? (await ReadPlanAsync(message, ct)).Plan, ct);
        return NextMessages.None;
    }

    /// <summary>A plan that is damaged can be made anew where nobody has answered it: it is as if it were gone, and what is wrong with it is told where it matters.</summary>
    private async Task<((HashedPlan Plan, StoredRecord Stored)? Plan, string? Trouble)> ReadPlanAsync(ExportMessage message, CancellationToken ct)
    {
        try
        {
            return (await plans.ReadAsync(message.Tenant, message.Run, message.Feed, ct), null);
        }
        catch (UnreadableBlobException e)
        {
            return (null, e.Message);
        }
    }

    /// <param name="plan">Null when the feed could not be planned.</param>
    private async Task FinishAsync(Receipt receipt, StoredRecord stored, (HashedPlan Plan, StoredRecord Stored)? plan, CancellationToken ct)
    {
        if (receipt.IsMilestone)
        {
            await receipts.SaveLastAsync(receipt, ct);
        }

        var seal = await seals.SealAsync(receipt.Tenant, plan is null ? [stored] : [plan.Value.Stored, stored], ct);
        await runs.UpdateAsync(receipt.Tenant, receipt.Run, r => r.WithFeed(receipt, plan?.Plan, time.GetUtcNow()).WithSeal(seal), ct);
    }

    /// <param name="planTrouble">Why a plan that is there cannot be read; null when it can be, or there is none.</param>
    /// <param name="earlier">The receipt of a delivery that was begun, or of the one before an approval.</param>
    [Told]
    private async Task<(Receipt Receipt, StoredRecord Stored)> ExportAsync(
        RunRecord run, Tenant tenant, FeedSetup feed, HashedPlan? plan, string? planTrouble, string? approval, Receipt? earlier, IFence fence, CancellationToken ct)
    {
        var move = delivery.FindMove(feed, plan?.Plan.Target ?? earlier?.Target, run.Feeds.FirstOrDefault(known => known.Name == feed.Name)?.Type);
        try
        {
            if (move is not null)
            {
                throw new RunHeldException(move);
            }

            if (earlier is { IsFinal: false } && earlier.Approval == approval)
            {
                return await SaveAsync(await delivery.GoOnAsync(feed, earlier, fence, ct));
            }

            if (run.Refused is { } refused)
            {
                throw new RunHeldException(refused);
            }

            if (UnusableSecrets(feed) is { } unusable)
            {
                return await SaveAsync((await delivery.RefuseAsync(run, tenant, feed, unusable, fence, ct)) with { Approval = approval });
            }

            RequireAwake(run, feed, freeze => freeze.HoldsAll(run.Date));

            var planned = approval is null
                ? await planning.FindAsync(run, tenant, feed, plan, ct)
                : await AnswerAsync(run, tenant, feed, plan ?? throw new RunHeldException(planTrouble ?? "The plan is gone. Run again."), earlier!, ct);
            RequireAwake(run, feed, freeze => planned.IsFirst && freeze.HoldsFirst(run.Date));
            return await SaveAsync(await delivery.DeliverAsync(run, tenant, feed, planned, approval, fence, ct));
        }
        catch (Exception e) when (e is RunHeldException or UnreadableBlobException)
        {
            // The run ends as held, but not before its other feeds have had their turn, and not before the protected are gone.
            var rest = (e as RestingTargetException)?.Rest;
            var left = approval is null && move is null ? await delivery.LeaveAsync(run, tenant, feed, new LeavingOnly(ReceiptState.Held, e.Message), fence, ct) : null;
            return await SaveAsync(left is not null ? left with { Rest = rest } : (earlier ?? delivery.NewReceipt(run, feed, ReceiptState.Held)) with
            {
                State = earlier is { IsFinal: true } ? earlier.State : ReceiptState.Held,
                Approval = approval,
                Reason = e.Message,
                Rest = rest,
                Finished = time.GetUtcNow(),
            });
        }
    }

    /// <summary>What waits for a secret to be mended fails at once: that is nobody's decision, and no try after it would come to more.</summary>
    [Told]
    private static string? UnusableSecrets(FeedSetup feed) => feed.UnusableSecrets().ToList() is { Count: > 0 } unusable
        ? $"Feed {feed.Name} waits for a secret: {string.Join("; ", unusable.Select(each => $"{each.Key} {each.Cause}"))}. Correct it, then run again."
        : null;

    private static void RequireAwake(RunRecord run, FeedSetup feed, Predicate<FeedFreeze> rests)
    {
        if (!run.DryRun && feed.FindRest(rests) is { } rest)
        {
            throw RestingTargetException.Of(feed.Name, rest);
        }
    }

    /// <param name="earlier">The receipt of what went out before the operator's answer.</param>
    /// <exception cref="RunHeldException">Something has come between the answer and its plan; the run stays held.</exception>
    [Told]
    private async Task<PlannedFeed> AnswerAsync(RunRecord run, Tenant tenant, FeedSetup feed, HashedPlan plan, Receipt earlier, CancellationToken ct)
    {
        var isRefusal = run.Feeds.Any(each => each.Name == feed.Name && each.Approval?.IsRefusal == true);
        if (await runs.FindOvertakingAsync(run, ct) is { } later)
        {
            throw new RunHeldException($"Run {later.Run} is newer, so the {(isRefusal ? "refusal" : "approval")} is void. Look at that run for what waits.");
        }

        if (PlanRests.Of(feed.Name, [.. feed.RestsOn(run.Date)], plan, isRefusal) is { } rest)
        {
            throw new RunHeldException(rest);
        }

        var planned = isRefusal
            ? await planning.TakeBackAsync(run, tenant, feed, plan, ct)
            : await planning.ReleaseAsync(run, tenant, feed, plan, ct)
                ?? throw new RunHeldException("The approved plan is no longer what would be done, because the tenant file or storage has changed. Run again.");
        await delivered.SetAsideAsync(earlier, ct);
        if (planned.IsReleased && plan.Plan.Holds.Any(hold => hold.Code == HoldCode.Unprotected))
        {
            await remembering.ReleaseAsync(tenant, run.Run, ct);
        }

        return planned;
    }

    private async Task<(Receipt Receipt, StoredRecord Stored)> SaveAsync(Receipt receipt)
    {
        // What was sent must be on record: from here on nobody's impatience counts.
        var stored = await receipts.SaveAsync(receipt, CancellationToken.None);
        progress.Report(receipt.Tenant, receipt.Run, receipt.Feed, $"{receipt.State} {receipt.Target}");
        return (receipt, stored);
    }
}
