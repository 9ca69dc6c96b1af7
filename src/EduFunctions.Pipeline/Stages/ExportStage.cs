using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Renders a feed, checks it as the target would, stores it, and delivers it; the receipt, written last, says what became of it.</summary>
public sealed class ExportStage(
    BlobStorage blobs, TenantStore tenants, RunStore runs, ReceiptStore receipts, DeliveredFiles delivered, Sending sending, Seals seals,
    Discretion discretion, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries, RunProgress progress, TimeProvider time)
{
    public const string Name = "export";

    private const int ErrorsShown = 3;

    public async Task<NextMessages> RunAsync(ExportMessage message, CancellationToken ct)
    {
        var run = await runs.FindAsync(message.Tenant, message.Run, ct)
            ?? throw new InvalidOperationException($"There is no run {message.Run} of tenant {message.Tenant}.");
        var receipt = await receipts.FindAsync(message.Tenant, message.Run, message.Feed, ct);
        if (receipt is not { IsFinal: true })
        {
            var plan = (await tenants.ReadAsync(message.Tenant, ct)).Tenant.Feeds.FirstOrDefault(feed => feed.Name == message.Feed)
                ?? throw new RunHeldException($"The feed {message.Feed} is no longer in the tenant file. Repeat the run.");
            receipt = await ExportAsync(run, plan, receipt, ct);
        }

        if (!receipt.IsFinal)
        {
            return NextMessages.Of(message);
        }

        if (receipt.State is not (ReceiptState.Built or ReceiptState.Failed or ReceiptState.SkippedUnchanged))
        {
            await receipts.SaveLastAsync(receipt, ct);
        }

        var seal = await seals.SealAsync(message.Tenant, Containers.Feeds, ReceiptStore.Name(message.Tenant, message.Run, message.Feed), ct);
        await runs.UpdateAsync(message.Tenant, message.Run, r => r.WithFeed(receipt, time.GetUtcNow()).WithSeal(seal), ct);
        return NextMessages.None;
    }

    /// <param name="begun">The receipt of a delivery that was begun: its files are the ones to go on with.</param>
    private async Task<Receipt> ExportAsync(RunRecord run, FeedPlan plan, Receipt? begun, CancellationToken ct)
    {
        using var files = begun is null ? new FeedFiles() : await delivered.ReadStoredAsync(begun, ct);
        var receipt = begun is null ? await BuildAsync(run, plan, files, ct) : await sending.SendAsync(plan, files, begun, ct);

        // What was sent must be on record: from here on nobody's impatience counts.
        await receipts.SaveAsync(receipt, CancellationToken.None);
        progress.Report(run.Tenant, run.Run, plan.Name, $"{receipt.State} {receipt.Target}");
        return receipt;
    }

    private async Task<Receipt> BuildAsync(RunRecord run, FeedPlan plan, FeedFiles files, CancellationToken ct)
    {
        var values = await ReadProtectedAsync(run, ct);
        await RenderAsync(run, plan, files, ct);
        var leaks = LeakScan.Errors(files, values, feeds[plan.Type]);
        var receipt = new Receipt
        {
            Tenant = run.Tenant,
            Run = run.Run,
            Feed = plan.Name,
            Type = plan.Type,
            State = ReceiptState.Built,
            Target = deliveries[plan.Delivery.Type].Target(plan.Delivery),
            Files = leaks.Count == 0 ? files.Describe() : [],
            Kept = files.KeptNames,
        };
        if (leaks.Count > 0)
        {
            // Not even stored: what is in the feeds container counts as sent.
            return receipt with
            {
                State = ReceiptState.Failed,
                Reason = $"{Shown("A protected person would be recognised in the feed", leaks)} Nothing was kept of it.",
                Finished = time.GetUtcNow(),
            };
        }

        await delivered.StoreAsync(receipt, files, ct);
        return await DecideAsync(run, plan, files, receipt, ct) is { } decided
            ? decided with { Finished = time.GetUtcNow() }
            : await sending.SendAsync(plan, files, receipt, ct);
    }

    private async Task<ProtectedValues> ReadProtectedAsync(RunRecord run, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(run.Tenant, run.Run), ct)
            ?? throw new RunHeldException($"What run {run.Run} must keep back is not on record, so its feeds cannot be scanned. Repeat the run.");
        var values = await ProtectedValuesFile.ReadAsync(stored, ct);
        discretion.Learn(run.Tenant, values);
        return values;
    }

    private async Task RenderAsync(RunRecord run, FeedPlan plan, FeedFiles files, CancellationToken ct)
    {
        var name = plan.Settings.Pseudonymise is null ? RosterPath.Roster(run.Tenant, run.Run) : RosterPath.Roster(run.Tenant, run.Run, plan.Name);
        await using var stored = await blobs.OpenAsync(Containers.Rosters, name, ct)
            ?? throw new RunHeldException($"The roster of run {run.Run} is gone. Repeat the run.");
        var roster = await RosterFile.ReadAsync(stored, ct);
        var feed = feeds[plan.Type];
        using var before = await delivered.ReadAsync(run.Tenant, plan.Name, _ => feed.ReadsBefore, ct);
        feed.Render(new FeedInput(roster, feed.Choose(roster, plan.Settings, before), plan.Settings, before, run.Date), files);
    }

    /// <summary>The receipt of a feed that is not to be sent, null for one that is.</summary>
    private async Task<Receipt?> DecideAsync(RunRecord run, FeedPlan plan, FeedFiles files, Receipt receipt, CancellationToken ct)
    {
        if (feeds[plan.Type].Check(files) is { Count: > 0 } errors)
        {
            return receipt with { State = ReceiptState.Failed, Reason = Shown("The target would refuse the feed", errors) };
        }

        if (run.DryRun)
        {
            return receipt;
        }

        return await IsUnchangedAsync(plan, receipt, ct) ? receipt with { State = ReceiptState.SkippedUnchanged } : null;
    }

    private async Task<bool> IsUnchangedAsync(FeedPlan plan, Receipt receipt, CancellationToken ct) =>
        !plan.Settings.Always
        && feeds[plan.Type].TargetKeepsState(plan.Settings)
        && await receipts.FindLastAsync(receipt.Tenant, receipt.Feed, ct) is { } last
        && last.Target == receipt.Target
        && last.Files.SequenceEqual(receipt.Files)
        && (await receipts.FindHeldAsync(receipt.Tenant, receipt.Feed, ct)).All(file => file.IsConfirmed && file.Run == last.Run);

    private static string Shown(string problem, IReadOnlyList<FeedError> errors) =>
        $"{problem}, so it was not sent: {errors.Count} errors, first {string.Join("; ", errors.Take(ErrorsShown))}.";
}
