using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>Hands a feed's files to its delivery and keeps on record, step by step, how far it has come and what the target may have.</summary>
public sealed class Sending(ReceiptStore receipts, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries, Discretion discretion, TimeProvider time)
{
    /// <returns>The receipt; not final when the target is still at work and the stage is to come back.</returns>
    public async Task<Receipt> SendAsync(FeedSetup setup, FeedFiles files, Receipt receipt, IFence fence, CancellationToken ct)
    {
        receipt = receipt with { Attempts = receipt.Attempts + 1 };
        IReadOnlyList<KnownFile> before = [];

        // The first step changes what the target has, and what the feed is made against: by then it must be on record that it was begun.
        await receipts.SaveAsync(receipt, ct);
        if (feeds[setup.Type] is IFeedWithMemory)
        {
            before = receipt.Leaving is null
                ? await receipts.FindKnownAsync(receipt.Tenant, receipt.Feed, ct)
                : await receipts.FindReadableAsync(receipt.Tenant, receipt.Feed, ct) ?? [];
        }

        var scan = discretion.Scan(receipt.Tenant);
        var progress = new DeliveryProgress(receipt.Progress, async made =>
        {
            await fence.ProveLeaseAsync(CancellationToken.None);
            receipt = receipt with { Progress = [.. made] };
            await SaveKnownAsync(setup, receipt, before);
            await receipts.SaveAsync(receipt, CancellationToken.None);
        },
        (file, answer) => receipts.SaveAnswerAsync(receipt, file, answer))
        {
            Tenant = receipt.Tenant,
            Run = receipt.Run,
            Time = time,
            Prove = () => fence.ProveAsync(ct),
            IsTelling = scan.IsTelling,
        };
        var result = await TrySendAsync(setup, files, progress, ct);
        await fence.ProveLeaseAsync(CancellationToken.None);
        receipt = receipt with { State = result.State, Reason = result.Reason, Reference = result.Reference, Counts = result.Counts };
        await SaveKnownAsync(setup, receipt, before);

        // Receipts are kept for good; where people lie at a target is known elsewhere by now, for as long as that is needed.
        return result.GoesOn ? receipt : receipt with { Finished = time.GetUtcNow(), Progress = [.. receipt.Progress.Select(file => file with { Places = null })] };
    }

    private async Task<DeliveryResult> TrySendAsync(FeedSetup setup, FeedFiles files, DeliveryProgress progress, CancellationToken ct)
    {
        try
        {
            // All that is left to do is the target's.
            return await WorkSlot.WaitAsync(() => deliveries[setup.Delivery.Type].SendAsync(files, setup, progress, ct));
        }
        catch (DeliveryRefusedException e)
        {
            return new DeliveryResult(ReceiptState.Failed) { Reason = e.Message };
        }
    }

    private async Task SaveKnownAsync(FeedSetup setup, Receipt receipt, IReadOnlyList<KnownFile> before)
    {
        if (feeds[setup.Type] is not IFeedWithMemory feed || (receipt.Leaving is not null && before.Count == 0))
        {
            return;
        }

        var known = KnownAfter.Of(feed, setup.Settings, receipt, before);
        if (receipt.Leaving is null || !known.SequenceEqual(before))
        {
            await receipts.SaveKnownAsync(receipt.Tenant, receipt.Feed, known, receipt.Key, CancellationToken.None);
        }
    }
}
