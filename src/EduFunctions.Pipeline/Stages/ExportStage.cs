using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Plans a feed, renders it, checks it as the target would, stores it, and delivers it; the receipt, written last, says what became of it.</summary>
public sealed class ExportStage(
    TenantStore tenants, RunStore runs, ReceiptStore receipts, PlanStore plans, FeedPlanning planning, FeedDelivery delivery, DeliveredFiles delivered, Seals seals,
    RunProgress progress, TimeProvider time)
{
    public const string Name = "export";

    public async Task<NextMessages> RunAsync(ExportMessage message, CancellationToken ct)
    {
        var run = await runs.FindAsync(message.Tenant, message.Run, ct)
            ?? throw new InvalidOperationException($"There is no run {message.Run} of tenant {message.Tenant}.");
        var approval = run.Feeds.FirstOrDefault(feed => feed.Name == message.Feed)?.Approval?.Plan;
        var receipt = await receipts.FindAsync(message.Tenant, message.Run, message.Feed, ct);
        if (receipt is not { IsFinal: true } || receipt.Approval != approval)
        {
            var tenant = (await tenants.ReadAsync(message.Tenant, ct)).Tenant;
            var plan = tenant.Feeds.FirstOrDefault(feed => feed.Name == message.Feed)
                ?? throw new RunHeldException($"The feed {message.Feed} is no longer in the tenant file. Repeat the run.");
            receipt = await ExportAsync(run, tenant, plan, approval, receipt, ct);
        }

        if (!receipt.IsFinal)
        {
            return NextMessages.Of(message);
        }

        await FinishAsync(receipt, approval, ct);
        return NextMessages.None;
    }

    private async Task FinishAsync(Receipt receipt, string? approval, CancellationToken ct)
    {
        // A void approval leaves what was delivered before, and perhaps a later run's delivery after it.
        if (receipt.IsDelivered && receipt.IsReleased == (approval is not null))
        {
            await receipts.SaveLastAsync(receipt, ct);
        }

        var planned = await plans.FindAsync(receipt.Tenant, receipt.Run, receipt.Feed, ct)
            ?? throw new InvalidOperationException($"There is no plan of feed {receipt.Feed} of run {receipt.Run}.");
        var seal = await seals.SealAsync(
            receipt.Tenant,
            [
                (Containers.Rosters, RosterPath.Plan(receipt.Tenant, receipt.Run, receipt.Feed)),
                (Containers.Feeds, ReceiptStore.Name(receipt.Tenant, receipt.Run, receipt.Feed)),
            ],
            ct);
        await runs.UpdateAsync(receipt.Tenant, receipt.Run, r => r.WithFeed(receipt, planned, time.GetUtcNow()).WithSeal(seal), ct);
    }

    /// <param name="earlier">The receipt of a delivery that was begun, or of the one before an approval.</param>
    private async Task<Receipt> ExportAsync(RunRecord run, Tenant tenant, FeedPlan plan, string? approval, Receipt? earlier, CancellationToken ct)
    {
        if (earlier is { IsFinal: false } && earlier.Approval == approval)
        {
            return await SaveAsync(await delivery.GoOnAsync(plan, earlier, ct));
        }

        var approved = approval is null ? null : await plans.FindAsync(run.Tenant, run.Run, plan.Name, ct);
        var planned = await planning.PlanAsync(run, tenant, plan, approved, ct);
        if (approval is not null && await FindObstacleAsync(run, planned, ct) is { } obstacle)
        {
            return await SaveAsync(earlier! with { Approval = approval, Reason = obstacle, Finished = time.GetUtcNow() });
        }

        if (approval is not null)
        {
            await delivered.SetAsideAsync(earlier!, ct);
        }

        return await SaveAsync(await delivery.DeliverAsync(run, tenant, plan, planned, approval, ct));
    }

    /// <summary>What has come between an approval and its plan; the run stays held.</summary>
    private async Task<string?> FindObstacleAsync(RunRecord run, PlannedFeed planned, CancellationToken ct) =>
        await runs.FindNewestAsync(run.Tenant, ct) is { } newest && newest != run.Run ? $"Run {newest} is newer, so the approval is void. Approve that one's plan."
        : !planned.IsReleased ? "The approved plan is no longer what would be done, because the tenant file or storage has changed. Run again."
        : null;

    private async Task<Receipt> SaveAsync(Receipt receipt)
    {
        // What was sent must be on record: from here on nobody's impatience counts.
        await receipts.SaveAsync(receipt, CancellationToken.None);
        progress.Report(receipt.Tenant, receipt.Run, receipt.Feed, $"{receipt.State} {receipt.Target}");
        return receipt;
    }
}
