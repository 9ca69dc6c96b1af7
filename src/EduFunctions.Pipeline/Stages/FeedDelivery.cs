using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>From a planned feed to files, and from there, when nothing speaks against it, to the target.</summary>
public sealed class FeedDelivery(
    BlobStorage blobs, ReceiptStore receipts, DeliveredFiles delivered, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    private const int ErrorsShown = 3;

    /// <param name="attempts">Times that sending was begun before.</param>
    public async Task<Receipt> DeliverAsync(RunRecord run, FeedPlan plan, PlannedFeed planned, string? approval, int attempts, CancellationToken ct)
    {
        using var files = new FeedFiles();
        var target = deliveries[plan.Delivery.Type].Target(plan.Delivery);
        await RenderAsync(run, plan, planned, target, files, ct);
        var receipt = new Receipt
        {
            Tenant = run.Tenant,
            Run = run.Run,
            Feed = plan.Name,
            Type = plan.Type,
            State = ReceiptState.Built,
            Target = target,
            Attempts = attempts,
            Files = files.Describe(),
            Roster = planned.Place,
            Approval = approval,
            IsReleased = planned.IsReleased,
        };
        foreach (var name in files.Names)
        {
            await blobs.WriteAsync(Containers.Feeds, $"{run.Tenant}/{run.Run}/{plan.Name}/{name}", files.Open(name), ct);
        }

        return await DecideAsync(run, plan, planned, files, receipt, ct);
    }

    private async Task RenderAsync(RunRecord run, FeedPlan plan, PlannedFeed planned, string target, FeedFiles files, CancellationToken ct)
    {
        var feed = feeds[plan.Type];
        using var before = feed.ReadsBefore ? await delivered.ReadAsync(run.Tenant, plan.Name, target, ct) : new FeedFiles();
        feed.Render(new FeedInput(planned.Roster, planned.Selection, plan.Settings, before), files);
    }

    private async Task<Receipt> DecideAsync(RunRecord run, FeedPlan plan, PlannedFeed planned, FeedFiles files, Receipt receipt, CancellationToken ct)
    {
        if (feeds[plan.Type].Check(files) is { Count: > 0 } errors)
        {
            var first = string.Join("; ", errors.Take(ErrorsShown));
            return receipt with { State = ReceiptState.Failed, Reason = $"The target would refuse the feed, so it was not sent: {errors.Count} errors, first {first}." };
        }

        if (run.DryRun)
        {
            return receipt;
        }

        return planned.IsWhollyHeld ? receipt with { State = ReceiptState.Held }
            : await IsUnchangedAsync(plan, receipt, ct) ? receipt with { State = ReceiptState.SkippedUnchanged }
            : await SendAsync(plan, files, receipt, ct);
    }

    private async Task<bool> IsUnchangedAsync(FeedPlan plan, Receipt receipt, CancellationToken ct) =>
        !plan.Settings.Always
        && feeds[plan.Type].TargetKeepsState
        && await receipts.FindLastAsync(receipt.Tenant, receipt.Feed, ct) is { } last
        && last.Target == receipt.Target
        && last.Files.SequenceEqual(receipt.Files);

    private async Task<Receipt> SendAsync(FeedPlan plan, FeedFiles files, Receipt receipt, CancellationToken ct)
    {
        receipt = receipt with { Attempts = receipt.Attempts + 1 };
        await receipts.SaveAsync(receipt, ct);
        try
        {
            var result = await deliveries[plan.Delivery.Type].SendAsync(files, plan.Delivery, ct);
            return receipt with { State = result.State, Reference = result.Reference };
        }
        catch (DeliveryRefusedException e)
        {
            return receipt with { State = ReceiptState.Failed, Reason = e.Message };
        }
    }
}
