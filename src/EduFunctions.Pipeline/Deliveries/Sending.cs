using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>Hands a feed's files to its delivery and keeps on record, step by step, how far it has come and what the target may hold.</summary>
public sealed class Sending(ReceiptStore receipts, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries, TimeProvider time)
{
    /// <returns>The receipt; not final when the target is still at work and the stage is to come back.</returns>
    public async Task<Receipt> SendAsync(FeedSetup plan, FeedFiles files, Receipt receipt, IFence fence, CancellationToken ct)
    {
        receipt = receipt with { Attempts = receipt.Attempts + 1 };
        IReadOnlyList<KnownFile> before = [];
        if (feeds[plan.Type].ReadsBefore)
        {
            // The first step changes what the feed is made against: by then it must be on record that its files are not to be made again.
            await receipts.SaveAsync(receipt, ct);
            before = await receipts.FindKnownAsync(receipt.Tenant, receipt.Feed, ct);
        }

        var progress = new DeliveryProgress(receipt.Progress, async made =>
        {
            await fence.ProveTurnAsync(CancellationToken.None);
            receipt = receipt with { Progress = [.. made] };
            await SaveKnownAsync(plan, receipt, before);
            await receipts.SaveAsync(receipt, CancellationToken.None);
        },
        (file, answer) => receipts.SaveAnswerAsync(receipt, file, answer))
        {
            Tenant = receipt.Tenant,
            Run = receipt.Run,
            Prove = () => fence.ProveAsync(ct),
        };
        var result = await TrySendAsync(plan, files, progress, ct);
        await fence.ProveTurnAsync(CancellationToken.None);
        receipt = receipt with { State = result.State, Reason = result.Reason, Reference = result.Reference, Counts = result.Counts };
        await SaveKnownAsync(plan, receipt, before);
        return result.GoesOn ? receipt : receipt with { Finished = time.GetUtcNow() };
    }

    private async Task<DeliveryResult> TrySendAsync(FeedSetup plan, FeedFiles files, DeliveryProgress progress, CancellationToken ct)
    {
        try
        {
            return await deliveries[plan.Delivery.Type].SendAsync(files, plan, progress, ct);
        }
        catch (DeliveryRefusedException e)
        {
            return new DeliveryResult(ReceiptState.Failed) { Reason = e.Message };
        }
    }

    private async Task SaveKnownAsync(FeedSetup plan, Receipt receipt, IReadOnlyList<KnownFile> before)
    {
        var feed = feeds[plan.Type];
        if (feed.ReadsBefore)
        {
            await receipts.SaveKnownAsync(receipt.Tenant, receipt.Feed, KnownAfter.Of(feed, plan.Settings, receipt, before), CancellationToken.None);
        }
    }
}
