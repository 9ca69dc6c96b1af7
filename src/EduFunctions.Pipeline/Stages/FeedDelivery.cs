using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>From a planned feed to files, and from there, when nothing speaks against it, to the target.</summary>
public sealed class FeedDelivery(
    BlobStorage blobs, ReceiptStore receipts, DeliveredFiles delivered, Sending sending, Discretion discretion, Catalog<IFeed> feeds,
    Catalog<IDelivery> deliveries, TimeProvider time)
{
    private const int ErrorsShown = 3;

    /// <summary>Goes on with a delivery that was begun, with the files that were stored for it.</summary>
    public async Task<Receipt> GoOnAsync(FeedSetup setup, Receipt begun, IFence fence, CancellationToken ct)
    {
        await LearnAsync(begun.Tenant, begun.Run, ct);
        using var files = await delivered.ReadStoredAsync(begun, ct);
        return await sending.SendAsync(setup, files, begun, fence, ct);
    }

    public Receipt NewReceipt(RunRecord run, FeedSetup setup, ReceiptState state) => new()
    {
        Tenant = run.Tenant,
        Run = run.Run,
        Number = run.Number,
        Feed = setup.Name,
        Type = setup.Type,
        State = state,
        Caveat = feeds[setup.Type].Caveat,
        Target = deliveries[setup.Delivery.Type].Target(setup.Delivery),
        Files = [],
    };

    public async Task<Receipt> DeliverAsync(RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, string? approval, IFence fence, CancellationToken ct)
    {
        using var files = new FeedFiles();
        var receipt = NewReceipt(run, setup, ReceiptState.Built) with { Roster = planned.Place, Approval = approval, IsReleased = planned.IsReleased };
        var values = await LearnAsync(run.Tenant, run.Run, ct);
        await RenderAsync(run, tenant, setup, planned, receipt.Target, files, ct);
        if (LeakScan.Errors(files, values, feeds[setup.Type], setup.Settings) is { Count: > 0 } leaks)
        {
            // Not even stored: what is in the feeds container counts as sent.
            return Finish(receipt, ReceiptState.Failed, $"{Shown("A protected person would be recognised in the feed", leaks)} Nothing was kept of it.");
        }

        var errors = feeds[setup.Type].Check(files, setup.Settings);
        receipt = Describe(setup, files, receipt);
        await delivered.StoreAsync(receipt, files, ct);
        return await DecideAsync(run, setup, planned, errors, receipt, ct) ?? await sending.SendAsync(setup, files, receipt, fence, ct);
    }

    private Receipt Describe(FeedSetup setup, FeedFiles files, Receipt receipt)
    {
        var contents = files.Describe();
        deliveries[setup.Delivery.Type].Wrap(files, setup.Delivery);
        var travelling = files.Describe();
        return receipt with
        {
            Files = travelling,
            Kept = files.KeptNames,
            KeptFiles = files.KeptNames.Count == 0 ? null : files.DescribeKept(),
            Contents = travelling.SequenceEqual(contents) ? null : contents,
        };
    }

    /// <summary>By what protected persons would be recognised; from now on nothing that is told names them.</summary>
    private async Task<ProtectedValues> LearnAsync(string tenant, string run, CancellationToken ct)
    {
        if (discretion.Find(tenant, run) is { } known)
        {
            return known;
        }

        await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(tenant, run), ct)
            ?? throw new RunHeldException($"What run {run} must keep back is not on record, so its feeds cannot be scanned. Repeat the run.");
        var values = await ProtectedValuesFile.ReadAsync(stored, ct);
        discretion.Learn(tenant, run, values);
        return values;
    }

    private async Task RenderAsync(RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, string target, FeedFiles files, CancellationToken ct)
    {
        var feed = feeds[setup.Type];
        using var before = await delivered.ReadAsync(feed, run.Tenant, setup.Name, target, _ => true, ct);
        var input = new FeedInput(planned.Roster, planned.Selection, setup.Settings, before, run.Date)
        {
            Tenant = run.Tenant,
            Begun = tenant.TimeAt(BeginningOf(run, planned)),
            IsTotal = run.Total,
        };
        feed.Render(input, files);
    }

    /// <summary>What an approval lets through is another delivery than the run's first: it must not bear that one's name.</summary>
    private static DateTimeOffset BeginningOf(RunRecord run, PlannedFeed planned) =>
        (planned.IsReleased ? run.Feeds.FirstOrDefault(feed => feed.Name == planned.Plan.Plan.Feed)?.Approval?.At : null) ?? run.Started;

    /// <summary>The receipt of a feed that is not to be sent, null for one that is.</summary>
    private async Task<Receipt?> DecideAsync(
        RunRecord run, FeedSetup setup, PlannedFeed planned, IReadOnlyList<FeedError> errors, Receipt receipt, CancellationToken ct) =>
        errors.Count > 0 ? Finish(receipt, ReceiptState.Failed, Shown("The target would refuse the feed", errors))
        : run.DryRun ? Finish(receipt, ReceiptState.Built)
        : planned.IsWhollyHeld ? Finish(receipt, ReceiptState.Held)
        : receipt.Files.Count == 0 && receipt.Kept.Count == 0 ? Finish(receipt, ReceiptState.SkippedUnchanged)
        : feeds[setup.Type].Reservation(setup.Settings) is { } reservation ? Finish(receipt, ReceiptState.Held, reservation)
        : !planned.IsFirst && await IsUnchangedAsync(setup, receipt, ct) ? Finish(receipt, ReceiptState.SkippedUnchanged)
        : null;

    private async Task<bool> IsUnchangedAsync(FeedSetup setup, Receipt receipt, CancellationToken ct) =>
        !setup.Settings.Always
        && feeds[setup.Type].TargetKeepsState(setup.Settings)
        && await receipts.FindLastAsync(receipt.Tenant, receipt.Feed, ct) is { } last
        && last.Target == receipt.Target
        && last.HasContentsOf(receipt)
        && (feeds[setup.Type] is not IFeedWithMemory
            || (await receipts.FindKnownAsync(receipt.Tenant, receipt.Feed, ct)).All(file => file.IsConfirmed && file.IsOf(last.Run)));

    private Receipt Finish(Receipt receipt, ReceiptState state, string? reason = null) =>
        receipt with { State = state, Reason = reason, Finished = time.GetUtcNow() };

    private static string Shown(string problem, IReadOnlyList<FeedError> errors) =>
        $"{problem}, so it was not sent: {errors.Count} errors, first {string.Join("; ", errors.Take(ErrorsShown))}.";
}
