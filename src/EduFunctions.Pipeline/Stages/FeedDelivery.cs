using System.Collections;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>Takes a planned feed's files, when nothing speaks against it, to the target.</summary>
public sealed class FeedDelivery(
    ReceiptStore receipts, RosterStore rosters, DeliveredFiles delivered, GivenAgain given, GivenRosters givenRosters, FeedRendering rendering,
    Sending sending, Recognising recognising, KeepingBack keepingBack, DeliveryTraces traces, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries, TimeProvider time)
{
    [Told]
    private const string Refused = "The target would refuse the feed";

    /// <summary>Why what was made for a target cannot go where the feed goes now; null when it can.</summary>
    /// <param name="type">The kind of feed that it was made as; null where that is not known.</param>
    [Told]
    public string? FindMove(FeedSetup setup, string? madeFor, string? type) =>
        madeFor is not { Length: > 0 } || TargetKey.Of(madeFor, type).Is(deliveries.KeyOf(setup)) ? null
        : TargetKey.Of(madeFor).IsAt(deliveries.KeyOf(setup)) ? $"Feed {setup.Name} was made as {type}, and is {setup.Type} now, so it is not sent. Run again."
        : $"Feed {setup.Name} was made for {madeFor}, and goes to {deliveries.TargetOf(setup)} now, so it is not sent. Run again.";

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
    /// <returns>Null when there is nobody to take out; a failed receipt when somebody is, and what would do it may not be sent.</returns>
    public async Task<Receipt?> LeaveAsync(RunRecord run, Tenant tenant, FeedSetup setup, LeavingOnly why, IFence fence, CancellationToken ct)
    {
        var feed = feeds[setup.Type];
        if (run.DryRun || (await rosters.TryFindAsync(RosterPath.Roster(run.Tenant, run.Run), ct) ?? await rosters.TryFindAsync(RosterPath.Leaving(run.Tenant, run.Run), ct))
                is not { Protected.Count: > 0 } roster)
        {
            return null;
        }

        using var files = new FeedFiles();
        using var before = await given.ReadAsync(run, setup, ct);
        var (made, isInDoubt) = await given.FindTriedAsync(run, setup, ct);
        using var tried = made;
        if (before.Names.Count == 0 && tried is null && (feed.Reservation(setup.Settings) is not null || !await traces.HasBeenGivenAsync(run, setup.Name, deliveries.KeyOf(setup), ct)))
        {
            // Whoever was never given anything has nobody to forget, and no form of ours to do it in: it is not even to learn of whom.
            return null;
        }

        var values = await recognising.LearnAsync(run.Tenant, run.Run, ct);
        var nobody = new FeedSelection(new BitArray(roster.Persons.Count), new BitArray(roster.Sections.Count), new FindingLog());
        var telling = new TellingRows(values);
        var settings = await given.FindLeavingSettingsAsync(run.Tenant, setup, tried ?? before, ct);
        var input = new FeedInput(roster, nobody, settings, tried ?? before, run.Date)
        {
            Tenant = run.Tenant,
            Run = run.Run,
            IsInDoubt = isInDoubt || (before.Names.Any(name => !before.IsConfirmed(name)) && await given.IsMadeSinceAsync(run, setup, ct)),
            Given = feed.AsksWhatWasGiven(before) ? await givenRosters.FindAsync(run, tenant, setup, before, roster, values, ct) : null,
            Begun = tenant.TimeAt(FeedRendering.BeginningOf(run, setup, isAnswered: true)),
            IsTotal = run.Total || run.Force,
            KeepsLeavers = true,
            IsTelling = telling.Is,
            MayTell = telling.MayBe,
            Neutral = NeutralWords.Of(tenant).Names,
        };
        feed.RenderLeaving(input, files);
        if (files.Names.Count == 0)
        {
            return null;
        }

        var receipt = NewReceipt(run, setup, ReceiptState.Built) with { Approval = run.Feeds.FirstOrDefault(known => known.Name == setup.Name)?.Approval?.Plan };
        IReadOnlyList<FeedError> errors = [.. rendering.Leaks(setup, files, values), .. feed.Check(files, settings)];
        if (errors.Count > 0)
        {
            // Nothing of it is stored: what is in the feeds container counts as sent.
            return Finish(receipt, ReceiptState.Failed, FeedRendering.NotTakenOut(why.Reason, errors));
        }

        receipt = Describe(setup, files, receipt with { Leaving = why });
        await delivered.StoreAsync(receipt, files, ct);
        return EndLeaving(await sending.SendAsync(setup, files, receipt, fence, ct));
    }

    /// <summary>The feed is held, or has failed, all the same.</summary>
    [Told]
    private Receipt EndLeaving(Receipt receipt) => receipt is { Leaving: not null, IsFinal: true, IsDelivered: true }
        ? receipt with
        {
            State = receipt.Leaving.State,
            Reason = receipt is { State: ReceiptState.ProcessedWithErrors, Reason: { } errors }
                && !(feeds[receipt.Type] is IFeedWithMemory feed && feed.IsAllGone(KnownAfter.SentOf(receipt)))
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

        if (feeds[setup.Type].Reservation(setup.Settings) is { } reservation
            && await LeaveAsync(run, tenant, setup, new LeavingOnly(ReceiptState.Held, reservation), fence, ct) is { } taken)
        {
            return taken;
        }

        using var files = new FeedFiles();
        var receipt = NewReceipt(run, setup, ReceiptState.Built) with { Roster = planned.Place, Approval = approval, IsReleased = planned.IsReleased, IsRefused = planned.IsRefused };
        var (rendered, stopped) = await rendering.RenderDiscreetlyAsync(run, tenant, setup, planned, files, ct);
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
        if (errors.Count > 0 && await LeaveAsync(run, tenant, setup, new LeavingOnly(ReceiptState.Failed, FeedRendering.Shown(Refused, errors)), fence, ct) is { } alone)
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
        await rendering.RenderAsync(run, tenant, setup, without, new TellingRows(values), files, ct);
        if (rendering.Leaks(setup, files, values).Count > 0 || feeds[setup.Type].Check(files, setup.Settings) is { Count: > 0 })
        {
            return (rendered, refused, 0);
        }

        await keepingBack.SaveAsync(without, persons, ct);
        return (without, [], excused.Cast<bool>().Count(isSet => isSet));
    }

    /// <summary>A feed that cannot be made as its settings say; who is protected leaves all the same, where the delivery can be used.</summary>
    public async Task<Receipt> RefuseAsync(RunRecord run, Tenant tenant, FeedSetup setup, string reason, IFence fence, CancellationToken ct)
    {
        var receipt = NewReceipt(run, setup, ReceiptState.Failed);
        return setup.Delivery.UnusableSecrets().Any() ? Finish(receipt, ReceiptState.Failed, reason) : await FailAsync(run, tenant, setup, receipt, reason, fence, ct);
    }

    /// <summary>A feed that fails keeps nobody in who has to go.</summary>
    private async Task<Receipt> FailAsync(
        RunRecord run, Tenant tenant, FeedSetup setup, Receipt receipt, string reason, IFence fence, CancellationToken ct) =>
        await LeaveAsync(run, tenant, setup, new LeavingOnly(ReceiptState.Failed, reason), fence, ct) ?? Finish(receipt, ReceiptState.Failed, reason);

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

    /// <summary>The receipt of a feed that is not to be sent, null for one that is.</summary>
    private async Task<Receipt?> DecideAsync(
        RunRecord run, FeedSetup setup, PlannedFeed planned, IReadOnlyList<FeedError> errors, Receipt receipt, CancellationToken ct) =>
        errors.Count > 0 ? Finish(receipt, ReceiptState.Failed, FeedRendering.Shown(Refused, errors))
        : run.DryRun ? Finish(receipt, ReceiptState.Built)
        : planned.IsWhollyHeld ? Finish(receipt, ReceiptState.Held)
        : receipt.Files.Count == 0 && receipt.Kept.Count == 0 ? Finish(receipt, ReceiptState.SkippedUnchanged)
        : feeds[setup.Type].Reservation(setup.Settings) is { } reservation ? Finish(receipt, ReceiptState.Held, reservation)
        : !planned.IsFirst && !run.Force && await IsUnchangedAsync(run, setup, receipt, ct) ? Finish(receipt, ReceiptState.SkippedUnchanged)
        : null;

    private async Task<bool> IsUnchangedAsync(RunRecord run, FeedSetup setup, Receipt receipt, CancellationToken ct) =>
        !setup.Settings.Always
        && feeds[setup.Type].TargetKeepsState(setup.Settings)
        && await receipts.FindLastAsync(receipt.Tenant, receipt.Feed, ct) is { } last
        && last.Target == receipt.Target
        && last.HasContentsOf(receipt)
        && await traces.FindTriesAsync(run, receipt.Feed, receipt.Key, last.Number, ct) is { Any: false }
        && (feeds[setup.Type] is not IFeedWithMemory
            || (await receipts.FindKnownAsync(receipt.Tenant, receipt.Feed, ct)).All(file => file.IsConfirmed && file.IsOf(last.Run)));

    private Receipt Finish(Receipt receipt, ReceiptState state, string? reason = null) =>
        receipt with { State = state, Reason = reason, Finished = time.GetUtcNow() };
}
