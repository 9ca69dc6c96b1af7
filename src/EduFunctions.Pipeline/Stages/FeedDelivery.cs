using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>From a planned feed to files, and from there, when nothing speaks against it, to the target.</summary>
public sealed class FeedDelivery(
    BlobStorage blobs, RosterStore rosters, ReceiptStore receipts, DeliveredFiles delivered, Sending sending, Discretion discretion, Catalog<IFeed> feeds,
    Catalog<IDelivery> deliveries, TimeProvider time)
{
    private const int ErrorsShown = 3;
    private const string Refused = "The target would refuse the feed";

    /// <summary>Goes on with a delivery that was begun, with the files that were stored for it.</summary>
    public async Task<Receipt> GoOnAsync(FeedSetup plan, Receipt begun, CancellationToken ct)
    {
        await LearnAsync(begun.Tenant, begun.Run, ct);
        using var files = await delivered.ReadStoredAsync(begun, ct);
        return EndLeaving(await sending.SendAsync(plan, files, begun, ct));
    }

    /// <summary>
    /// Takes protected persons out of a target to which nothing else may be sent: who they are is known from the memory, and what the target holds from
    /// whatever there is.
    /// </summary>
    /// <returns>Null when there is nobody to take out.</returns>
    public async Task<Receipt?> LeaveAsync(RunRecord run, Tenant tenant, FeedSetup plan, LeavingOnly why, CancellationToken ct)
    {
        var feed = feeds[plan.Type];
        if (run.DryRun || feed.Reservation(plan.Settings) is not null
            || await rosters.TryFindAsync(RosterPath.Roster(run.Tenant, run.Run), ct) is not { Protected.Count: > 0 } roster)
        {
            return null;
        }

        using var files = new FeedFiles();
        using var before = await delivered.ReadWhatThereIsAsync(feed, run.Tenant, run.Run, plan.Name, ct);
        var values = await LearnAsync(run.Tenant, run.Run, ct);
        var nobody = new FeedSelection(new BitArray(roster.Persons.Count), new BitArray(roster.Sections.Count), new FindingLog());
        var input = new FeedInput(roster, nobody, plan.Settings, before, run.Date)
        {
            Tenant = run.Tenant,
            Begun = tenant.TimeAt(run.Started),
            Tells = Telling(values),
        };
        feed.RenderLeaving(input, files);
        if (files.Names.Count == 0 || LeakScan.Errors(files, values, feed, plan.Settings).Count > 0 || feed.Check(files, plan.Settings).Count > 0)
        {
            return null;
        }

        var approval = run.Feeds.FirstOrDefault(known => known.Name == plan.Name)?.Approval?.Plan;
        var receipt = Describe(plan, files, NewReceipt(run, plan, ReceiptState.Built) with { Leaving = why, Approval = approval });
        await delivered.StoreAsync(receipt, files, ct);
        return EndLeaving(await sending.SendAsync(plan, files, receipt, ct));
    }

    /// <summary>The feed is held, or has failed, all the same.</summary>
    private static Receipt EndLeaving(Receipt receipt) => receipt is { Leaving: not null, IsFinal: true, IsDelivered: true }
        ? receipt with { State = receipt.Leaving.State, Reason = $"{receipt.Leaving.Reason} Who is protected was taken out of the target all the same." }
        : receipt;

    public Receipt NewReceipt(RunRecord run, FeedSetup plan, ReceiptState state) => new()
    {
        Tenant = run.Tenant,
        Run = run.Run,
        Feed = plan.Name,
        Type = plan.Type,
        State = state,
        Caveat = feeds[plan.Type].Caveat,
        Target = deliveries[plan.Delivery.Type].Target(plan.Delivery),
        Files = [],
    };

    public async Task<Receipt> DeliverAsync(RunRecord run, Tenant tenant, FeedSetup plan, PlannedFeed planned, string? approval, CancellationToken ct)
    {
        if (planned.IsWhollyHeld && await LeaveAsync(run, tenant, plan, new LeavingOnly(ReceiptState.Held, planned.WholeHold), ct) is { } left)
        {
            return left;
        }

        using var files = new FeedFiles();
        var receipt = NewReceipt(run, plan, ReceiptState.Built) with { Roster = planned.Place, Approval = approval, IsReleased = planned.IsReleased };
        var values = await LearnAsync(run.Tenant, run.Run, ct);
        await RenderAsync(run, tenant, plan, planned, receipt.Target, Telling(values), files, ct);
        if (LeakScan.Errors(files, values, feeds[plan.Type], plan.Settings) is { Count: > 0 } leaks)
        {
            // Not even stored: what is in the feeds container counts as sent.
            return await FailAsync(run, tenant, plan, receipt, $"{Shown("A protected person would be recognised in the feed", leaks)} Nothing was kept of it.", ct);
        }

        var errors = feeds[plan.Type].Check(files, plan.Settings);
        if (errors.Count > 0 && await LeaveAsync(run, tenant, plan, new LeavingOnly(ReceiptState.Failed, Shown(Refused, errors)), ct) is { } alone)
        {
            return alone;
        }

        receipt = Describe(plan, files, receipt);
        await delivered.StoreAsync(receipt, files, ct);
        return await DecideAsync(run, plan, planned, errors, receipt, ct) ?? await sending.SendAsync(plan, files, receipt, ct);
    }

    /// <summary>A feed that fails keeps nobody in who has to go.</summary>
    private async Task<Receipt> FailAsync(RunRecord run, Tenant tenant, FeedSetup plan, Receipt receipt, string reason, CancellationToken ct) =>
        await LeaveAsync(run, tenant, plan, new LeavingOnly(ReceiptState.Failed, reason), ct) ?? Finish(receipt, ReceiptState.Failed, reason);

    private Receipt Describe(FeedSetup plan, FeedFiles files, Receipt receipt)
    {
        var contents = files.Describe();
        deliveries[plan.Delivery.Type].Wrap(files, plan.Delivery);
        var travelling = files.Describe();
        return receipt with { Files = travelling, Kept = files.KeptNames, Contents = travelling.SequenceEqual(contents) ? null : contents };
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

    private async Task RenderAsync(
        RunRecord run, Tenant tenant, FeedSetup plan, PlannedFeed planned, string target, TellsOfProtected tells, FeedFiles files, CancellationToken ct)
    {
        var feed = feeds[plan.Type];
        using var before = await delivered.ReadAsync(feed, run.Tenant, plan.Name, target, _ => true, ct);
        var input = new FeedInput(planned.Roster, planned.Selection, plan.Settings, before, run.Date)
        {
            Tenant = run.Tenant,
            Begun = tenant.TimeAt(BeginningOf(run, planned)),
            IsTotal = run.Total,
            Tells = tells,
        };
        feed.Render(input, files);
    }

    private static TellsOfProtected Telling(ProtectedValues values)
    {
        var scan = new RowScan(values);
        return row => scan.Find(row).Count > 0;
    }

    /// <summary>What an approval lets through is another delivery than the run's first: it must not bear that one's name.</summary>
    private static DateTimeOffset BeginningOf(RunRecord run, PlannedFeed planned) =>
        (planned.IsReleased ? run.Feeds.FirstOrDefault(feed => feed.Name == planned.Plan.Plan.Feed)?.Approval?.At : null) ?? run.Started;

    /// <summary>The receipt of a feed that is not to be sent, null for one that is.</summary>
    private async Task<Receipt?> DecideAsync(
        RunRecord run, FeedSetup plan, PlannedFeed planned, IReadOnlyList<FeedError> errors, Receipt receipt, CancellationToken ct) =>
        errors.Count > 0 ? Finish(receipt, ReceiptState.Failed, Shown(Refused, errors))
        : run.DryRun ? Finish(receipt, ReceiptState.Built)
        : planned.IsWhollyHeld ? Finish(receipt, ReceiptState.Held)
        : receipt.Files.Count == 0 && receipt.Kept.Count == 0 ? Finish(receipt, ReceiptState.SkippedUnchanged)
        : feeds[plan.Type].Reservation(plan.Settings) is { } reservation ? Finish(receipt, ReceiptState.Held, reservation)
        : !planned.IsFirst && await IsUnchangedAsync(plan, receipt, ct) ? Finish(receipt, ReceiptState.SkippedUnchanged)
        : null;

    private async Task<bool> IsUnchangedAsync(FeedSetup plan, Receipt receipt, CancellationToken ct) =>
        !plan.Settings.Always
        && feeds[plan.Type].TargetKeepsState(plan.Settings)
        && await receipts.FindLastAsync(receipt.Tenant, receipt.Feed, ct) is { } last
        && last.Target == receipt.Target
        && last.HasContentsOf(receipt)
        && (!feeds[plan.Type].ReadsBefore
            || (await receipts.FindKnownAsync(receipt.Tenant, receipt.Feed, ct)).All(file => file.IsConfirmed && file.IsOf(last.Run)));

    private Receipt Finish(Receipt receipt, ReceiptState state, string? reason = null) =>
        receipt with { State = state, Reason = reason, Finished = time.GetUtcNow() };

    private static string Shown(string problem, IReadOnlyList<FeedError> errors) =>
        $"{problem}, so it was not sent: {errors.Count} errors, first {string.Join("; ", errors.Take(ErrorsShown))}.";
}
