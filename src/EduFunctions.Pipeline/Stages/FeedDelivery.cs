using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>From a planned feed to files, and from there, when nothing speaks against it, to the target.</summary>
public sealed class FeedDelivery(
    ReceiptStore receipts, RosterStore rosters, DeliveredFiles delivered, GivenAgain given, Sending sending, Recognising recognising, KeepingBack keepingBack, Catalog<IFeed> feeds,
    Catalog<IDelivery> deliveries, TimeProvider time)
{
    private const int ErrorsShown = 3;

    /// <summary>Names of files are made of minutes.</summary>
    private static readonly TimeSpan NameLasts = TimeSpan.FromMinutes(1);

    [Told]
    private const string Refused = "The target would refuse the feed";

    /// <summary>Why what was made for a target cannot go where the feed goes now; null when it can.</summary>
    [Told]
    public string? FindMove(FeedSetup setup, string? madeFor) => madeFor is { Length: > 0 } && TargetKey.Of(madeFor) != deliveries.KeyOf(setup)
        ? $"Feed {setup.Name} was made for {madeFor}, and goes to {deliveries.TargetOf(setup)} now, so it is not sent. Run again."
        : null;

    /// <summary>Goes on with a delivery that was begun, with the files that were stored for it.</summary>
    public async Task<Receipt> GoOnAsync(FeedSetup setup, Receipt begun, IFence fence, CancellationToken ct)
    {
        await recognising.LearnAsync(begun.Tenant, begun.Run, ct);
        using var files = await delivered.ReadStoredAsync(begun, ct);
        return EndLeaving(await sending.SendAsync(setup, files, begun, fence, ct));
    }

    /// <summary>
    /// Takes protected persons out of a target to which nothing else may be sent: who they are is known from the memory, and what the target has from
    /// whatever there is.
    /// </summary>
    /// <returns>Null when there is nobody to take out.</returns>
    public async Task<Receipt?> LeaveAsync(RunRecord run, Tenant tenant, FeedSetup setup, LeavingOnly why, IFence fence, CancellationToken ct)
    {
        var feed = feeds[setup.Type];
        if (run.DryRun || feed.Reservation(setup.Settings) is not null
            || (await rosters.TryFindAsync(RosterPath.Roster(run.Tenant, run.Run), ct) ?? await rosters.TryFindAsync(RosterPath.Leaving(run.Tenant, run.Run), ct))
                is not { Protected.Count: > 0 } roster)
        {
            return null;
        }

        using var files = new FeedFiles();
        using var before = await given.ReadAsync(run, setup, ct);
        var values = await recognising.LearnAsync(run.Tenant, run.Run, ct);
        var nobody = new FeedSelection(new BitArray(roster.Persons.Count), new BitArray(roster.Sections.Count), new FindingLog());
        var telling = new TellingRows(values);
        var input = new FeedInput(roster, nobody, setup.Settings, before, run.Date)
        {
            Tenant = run.Tenant,
            Run = run.Run,
            Begun = tenant.TimeAt(BeginningOf(run, setup, isAnswered: true)),
            IsTotal = run.Total || run.Force,
            KeepsLeavers = true,
            IsTelling = telling.Is,
            MayTell = telling.MayBe,
            Neutral = NeutralWords.Of(tenant).Names,
        };
        feed.RenderLeaving(input, files);
        if (files.Names.Count == 0 || Leaks(setup, files, values).Count > 0 || feed.Check(files, setup.Settings).Count > 0)
        {
            return null;
        }

        var approval = run.Feeds.FirstOrDefault(known => known.Name == setup.Name)?.Approval?.Plan;
        var receipt = Describe(setup, files, NewReceipt(run, setup, ReceiptState.Built) with { Leaving = why, Approval = approval });
        await delivered.StoreAsync(receipt, files, ct);
        return EndLeaving(await sending.SendAsync(setup, files, receipt, fence, ct));
    }

    /// <summary>The feed is held, or has failed, all the same.</summary>
    [Told]
    private static Receipt EndLeaving(Receipt receipt) => receipt is { Leaving: not null, IsFinal: true, IsDelivered: true }
        ? receipt with
        {
            State = receipt.Leaving.State,
            Reason = receipt is { State: ReceiptState.ProcessedWithErrors, Reason: { } errors }
                ? $"{receipt.Leaving.Reason} Not all of who is protected was taken out of the target: {errors}."
                : $"{receipt.Leaving.Reason} Who is protected was taken out of the target all the same.",
        }
        : receipt;

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

    [Told]
    public async Task<Receipt> DeliverAsync(RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, string? approval, IFence fence, CancellationToken ct)
    {
        if (planned.IsWhollyHeld && await LeaveAsync(run, tenant, setup, new LeavingOnly(ReceiptState.Held, planned.WholeHold), fence, ct) is { } left)
        {
            return left;
        }

        using var files = new FeedFiles();
        var receipt = NewReceipt(run, setup, ReceiptState.Built) with { Roster = planned.Place, Approval = approval, IsReleased = planned.IsReleased, IsRefused = planned.IsRefused };
        var (rendered, stopped) = await RenderDiscreetlyAsync(run, tenant, setup, planned, files, ct);
        if (rendered is null)
        {
            // Not even stored: what is in the feeds container counts as sent.
            return await FailAsync(run, tenant, setup, receipt, $"{stopped} Nothing was kept of it.", fence, ct);
        }

        if (stopped is not null)
        {
            receipt = receipt with { Roster = rendered.Place, Stopped = $"{stopped} Only who has become protected was taken out." };
        }

        (rendered, var errors, var gone) = await CheckAsync(run, tenant, setup, rendered, files, ct);
        receipt = gone == 0 ? receipt : receipt with
        {
            Caveat = string.Join(' ', new[] { receipt.Caveat, $"{gone} people who were to stay lack what the target requires by now, and have left it." }.OfType<string>()),
        };
        if (errors.Count > 0 && await LeaveAsync(run, tenant, setup, new LeavingOnly(ReceiptState.Failed, Shown(Refused, errors)), fence, ct) is { } alone)
        {
            return alone;
        }

        receipt = Describe(setup, files, receipt);
        await delivered.StoreAsync(receipt, files, ct);
        return await DecideAsync(run, setup, rendered, errors, receipt, ct) ?? await sending.SendAsync(setup, files, receipt, fence, ct);
    }

    /// <summary>
    /// What the target would refuse. Who stays as delivered before the settings changed is not asked for what only the tenant asks for; where the target itself would
    /// refuse them, they go, rather than everybody's changes wait.
    /// </summary>
    private async Task<(PlannedFeed Rendered, IReadOnlyList<FeedError> Errors, int Left)> CheckAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed rendered, FeedFiles files, CancellationToken ct)
    {
        var errors = feeds[setup.Type].Check(files, setup.Settings);
        if (errors.Count == 0 || rendered.Selection.Excused is not { } excused || feeds[setup.Type].Check(files, setup.Settings.WithoutDemands) is not { Count: > 0 } refused)
        {
            return (rendered, rendered.Selection.Excused is null ? errors : [], 0);
        }

        var persons = new BitArray(rendered.Selection.Persons).And(new BitArray(excused).Not());
        var without = rendered with { Selection = rendered.Selection with { Persons = persons, Excused = null } };
        var values = await recognising.LearnAsync(run.Tenant, run.Run, ct);
        await RenderAsync(run, tenant, setup, without, new TellingRows(values), files, ct);
        if (Leaks(setup, files, values).Count > 0 || feeds[setup.Type].Check(files, setup.Settings) is { Count: > 0 })
        {
            return (rendered, refused, 0);
        }

        await keepingBack.SaveAsync(without, persons, ct);
        return (without, [], excused.Cast<bool>().Count(isSet => isSet));
    }

    /// <summary>A feed that fails keeps nobody in who has to go.</summary>
    private async Task<Receipt> FailAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, Receipt receipt, string reason, IFence fence, CancellationToken ct) =>
        await LeaveAsync(run, tenant, setup, new LeavingOnly(ReceiptState.Failed, reason), fence, ct) ?? Finish(receipt, ReceiptState.Failed, reason);

    /// <summary>The feed; made anew where a protected person would be recognised in it; and where that does not help, only what takes them out.</summary>
    /// <returns>What the files were made of, null when nothing may be sent; and what stopped the feed.</returns>
    [Told]
    private async Task<(PlannedFeed? Rendered, string? Stopped)> RenderDiscreetlyAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, FeedFiles files, CancellationToken ct)
    {
        var all = await recognising.LearnAsync(run.Tenant, run.Run, ct);
        if (!TellsOnlyChanges(run, setup, planned))
        {
            var telling = new TellingRows(all);
            await RenderAsync(run, tenant, setup, planned, telling, files, ct);
            if (!telling.IsFound && Leaks(setup, files, all).Count == 0)
            {
                return (planned, null);
            }
        }

        (planned, var values) = await keepingBack.FromAsync(planned, all, NeutralWords.Of(tenant), ct);
        await RenderAsync(run, tenant, setup, planned, new TellingRows(values, all), files, ct);
        return Leaks(setup, files, values) is not { Count: > 0 } leaks
            ? (planned, null)
            : (await RenderLeavingAsync(run, tenant, setup, planned, values, files, ct), Shown("A protected person would be recognised in the feed", leaks));
    }

    /// <summary>
    /// Whether the feed is silent about what stays as it was, and something does that is not tonight's: no look at the files would find that a name in it tells by now.
    /// </summary>
    private bool TellsOnlyChanges(RunRecord run, FeedSetup setup, PlannedFeed planned) =>
        feeds[setup.Type] is IFeedWithMemory && planned.Place.Roster != FeedPlanning.PathOf(run, setup);

    /// <summary>The feed as it was delivered last, without those who have become protected; null when that would name somebody, too.</summary>
    private async Task<PlannedFeed?> RenderLeavingAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, ProtectedValues values, FeedFiles files, CancellationToken ct)
    {
        if (await keepingBack.LeavingAsync(run.Tenant, run.Run, setup, planned, ct) is not { } leaving)
        {
            return null;
        }

        (leaving, values) = await keepingBack.FromAsync(leaving, values, NeutralWords.Of(tenant), ct);
        await RenderAsync(run, tenant, setup, leaving, new TellingRows(values), files, ct);
        return Leaks(setup, files, values).Count == 0 && files.Names.Count > 0 ? leaving : null;
    }

    private IReadOnlyList<FeedError> Leaks(FeedSetup setup, FeedFiles files, ProtectedValues values) =>
        LeakScan.Errors(files, values, feeds[setup.Type], setup.Settings);

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

    private async Task RenderAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, PlannedFeed planned, TellingRows telling, FeedFiles files, CancellationToken ct)
    {
        files.Clear();
        var feed = feeds[setup.Type];
        var target = deliveries[setup.Delivery.Type].Target(setup.Delivery);
        using var before = await delivered.ReadAsync(feed, run.Tenant, setup.Name, target, _ => true, ct);
        var waiting = await FindWaitingAsync(run, setup, planned, ct);
        var deletable = planned.Deletable;
        var input = new FeedInput(planned.Roster, planned.Selection, setup.Settings, before, run.Date)
        {
            Tenant = run.Tenant,
            Run = run.Run,
            Begun = tenant.TimeAt(BeginningOf(run, setup, planned.IsAnswered)),
            IsTotal = run.Total || run.Force,
            IsTelling = telling.Is,
            MayTell = telling.MayBe,
            Neutral = NeutralWords.Of(tenant).Names,
            Renamed = planned.Renamed,
            RemembersSince = run.Date.AddDays(-tenant.Privacy.RosterRetentionDays),
            Waiting = waiting ?? [],
            MayDelete = (kind, id) => deletable.Contains((kind, id)),
            KeepsLeavers = waiting is null || setup.Freezes.Any(freeze => freeze.HoldsRemovals(run.Date)),
        };
        feed.Render(input, files);
    }

    /// <summary>Who is held back, for a feed in which time runs out for who has left; null when nobody knows any more.</summary>
    private async Task<HashSet<EntityId>?> FindWaitingAsync(RunRecord run, FeedSetup setup, PlannedFeed planned, CancellationToken ct) =>
        feeds[setup.Type] is not IFeedWithMemory { AsksWhoWaits: true } || IsAllGiven(run, setup, planned) ? []
        : await rosters.TryFindAsync(FeedPlanning.PathOf(run, setup), ct) is { } tonight ? WaitingRows.Of(tonight, planned.Roster)
        : null;

    private static bool IsAllGiven(RunRecord run, FeedSetup setup, PlannedFeed planned) =>
        (planned.IsReleased || planned.Plan.Plan.Holds.Count == 0) && !setup.Freezes.Any(freeze => freeze.IsOn(run.Date));

    /// <summary>What an answer lets through is another delivery than the run's first: it must not bear that one's name, however quick the answer was.</summary>
    private static DateTimeOffset BeginningOf(RunRecord run, FeedSetup setup, bool isAnswered) =>
        isAnswered && run.Feeds.FirstOrDefault(feed => feed.Name == setup.Name)?.Approval?.At is { } at
            ? new DateTimeOffset(Math.Max(at.UtcTicks, (run.Started + NameLasts).UtcTicks), TimeSpan.Zero)
            : run.Started;

    /// <summary>The receipt of a feed that is not to be sent, null for one that is.</summary>
    private async Task<Receipt?> DecideAsync(
        RunRecord run, FeedSetup setup, PlannedFeed planned, IReadOnlyList<FeedError> errors, Receipt receipt, CancellationToken ct) =>
        errors.Count > 0 ? Finish(receipt, ReceiptState.Failed, Shown(Refused, errors))
        : run.DryRun ? Finish(receipt, ReceiptState.Built)
        : planned.IsWhollyHeld ? Finish(receipt, ReceiptState.Held)
        : receipt.Files.Count == 0 && receipt.Kept.Count == 0 ? Finish(receipt, ReceiptState.SkippedUnchanged)
        : feeds[setup.Type].Reservation(setup.Settings) is { } reservation ? Finish(receipt, ReceiptState.Held, reservation)
        : !planned.IsFirst && !run.Force && await IsUnchangedAsync(setup, receipt, ct) ? Finish(receipt, ReceiptState.SkippedUnchanged)
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

    [Told]
    private static string Shown(string problem, IReadOnlyList<FeedError> errors) =>
        $"{problem}, so it was not sent: {errors.Count} errors, first {string.Join("; ", errors.Take(ErrorsShown))}.";
}
