using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a feed is made of once the guard has judged it.</summary>
/// <param name="Place">Where the roster lies, to be compared with when it has been delivered.</param>
/// <param name="IsReleased">Whether an operator approved the plan.</param>
public sealed record PlannedFeed(HashedPlan Plan, Roster Roster, FeedSelection Selection, DeliveredRoster Place, bool IsReleased)
{
    /// <summary>Whether an operator refused the plan.</summary>
    public bool IsRefused { get; init; }

    /// <summary>By the id they had: who has another one, and was let through so by an operator.</summary>
    public IReadOnlyDictionary<EntityId, EntityId> Renamed { get; init; } = new Dictionary<EntityId, EntityId>();

    /// <summary>Whether an operator has decided: it is another delivery than the run's first.</summary>
    public bool IsAnswered => IsReleased || IsRefused;

    /// <summary>Whether the target was never given anything.</summary>
    public bool IsFirst => Plan.Plan.IsFirst;

    /// <summary>What the guard says of that.</summary>
    public string WholeHold => Plan.Plan.Holds.FirstOrDefault(hold => hold.IsWhole)?.Message ?? "";

    /// <summary>Whether nothing is to be deleted for good, whatever the plan says.</summary>
    public bool DeletesNone { get; init; }

    /// <summary>By kind and id: what rests at the target and goes with this delivery.</summary>
    internal HashSet<(string Kind, string Id)> Deletable => DeletesNone ? [] : Plan.Plan.Deletable(IsReleased);

    /// <summary>Whether nothing of the feed may be sent.</summary>
    public bool IsWhollyHeld => !IsReleased && Plan.Plan.Holds.Any(hold => hold.IsWhole);
}

/// <summary>Compares tonight's roster with what was delivered last, has the guard judge it, and keeps the roster that comes of it and, last, the plan.</summary>
public sealed partial class FeedPlanning(
    BlobStorage blobs, RunStore runs, RosterStore rosters, PlanStore plans, DeliveredRosters delivered, Baselines baselines, AbsenceStore absences,
    DeliveryTraces traces, DeliveredFiles files, FeedChoosing choosing, KeptPersons keptPersons, Rebuilding rebuilding, Recognising recognising, Catalog<IFeed> feeds,
    Catalog<IDelivery> deliveries)
{
    /// <summary>Plans the feeds one after the other, so that there is one roster of tonight and one of an earlier night in memory, whatever the number of feeds.</summary>
    /// <param name="written">The run's files as they are written: no plan is kept before they are.</param>
    public async Task PlanAsync(RunRecord run, Tenant tenant, IEnumerable<ChosenFeed> chosen, Task written, CancellationToken ct)
    {
        var earlier = new EarlierRosters(rosters);
        foreach (var feed in chosen)
        {
            try
            {
                await PlanAsync(run, tenant, feed, earlier, written, ct);
            }
            catch (Exception) when (!ct.IsCancellationRequested)
            {
                // The other feeds must not wait for it: its own export plans it again, and tells why it cannot.
            }
        }
    }

    /// <summary>The feed as it was planned.</summary>
    /// <param name="plan">Null for a feed without a plan, which is planned now.</param>
    /// <exception cref="RunHeldException">It cannot be planned, or what was planned is gone.</exception>
    [Told]
    public async Task<PlannedFeed> FindAsync(RunRecord run, Tenant tenant, FeedSetup feed, HashedPlan? plan, CancellationToken ct)
    {
        plan ??= await PlanAsync(run, tenant, await ChooseAgainAsync(run, feed, ct), new EarlierRosters(rosters), Task.CompletedTask, ct);
        return await ReadAsync(run.Tenant, plan.Roster, new EarlierRosters(rosters), ct) is { IsLost: false } stored
            ? new PlannedFeed(plan, stored.Roster, stored.Selection, plan.Roster!, IsReleased: false)
            : throw new RunHeldException($"What run {run.Run} has planned for {feed.Name} is gone or cannot be read. Repeat the run.");
    }

    /// <summary>The feed as an operator approved it; null when the approved plan is no longer what would be done.</summary>
    /// <exception cref="RunHeldException">The run's roster is gone.</exception>
    public Task<PlannedFeed?> ReleaseAsync(RunRecord run, Tenant tenant, FeedSetup feed, HashedPlan approved, CancellationToken ct) =>
        MakeAgainAsync(run, tenant, feed, approved, PlanPhase.Approved, ct);

    /// <summary>Judges once more against what the plan was made against, and keeps what comes of it; null when the plan comes out otherwise.</summary>
    private async Task<PlannedFeed?> MakeAgainAsync(RunRecord run, Tenant tenant, FeedSetup feed, HashedPlan shown, string phase, CancellationToken ct)
    {
        var holders = await delivered.ReadHoldersAsync(shown.Plan.Against, ct);
        var chosen = await DiscreetAsync(run, choosing.Choose(feed, await RosterOfAsync(run, feed, ct), holders), ct);
        var earlier = new EarlierRosters(rosters);
        var (difference, judgement, plan) = await JudgeAsync(run, tenant, chosen, await AsShownAsync(shown.Plan, earlier, ct), earlier, keepsAbsences: false, shown.Plan, ct);
        if (plan.Hash != shown.Hash)
        {
            return null;
        }

        var isReleased = phase == PlanPhase.Approved;
        var (effective, place) = await KeepAsync(run, tenant, chosen, difference, isReleased ? judgement.Released : judgement.Held, phase, ct);
        return new PlannedFeed(plan, effective.Roster, effective.Selection, place, isReleased) { Renamed = isReleased ? Renamed(judgement.Released) : new() };
    }

    private static Dictionary<EntityId, EntityId> Renamed(Verdict released)
    {
        var renamed = new Dictionary<EntityId, EntityId>();
        foreach (var pair in released.Pairs.Where(pair => pair.Kind < RowKind.Sections))
        {
            if (EntityId.TryFind(pair.Before, out var before) && EntityId.TryFind(pair.Now, out var now))
            {
                renamed[before] = now;
            }
        }

        return renamed;
    }

    /// <summary>What went out under a plan that an operator refused, without what came where something is held.</summary>
    /// <exception cref="RunHeldException">What was planned is gone.</exception>
    public async Task<PlannedFeed> TakeBackAsync(RunRecord run, Tenant tenant, FeedSetup feed, HashedPlan refused, CancellationToken ct)
    {
        var planned = (await FindAsync(run, tenant, feed, refused, ct)) with { IsRefused = true };
        if (planned.Selection.Arrivals.Count == 0)
        {
            return planned;
        }

        var same = RosterDifference.Between(planned.Roster, planned.Selection, planned.Roster, planned.Selection);
        var chosen = new ChosenFeed(feed, planned.Roster, planned.Selection) { Holders = new Holders(planned.Selection.Values) };
        var (effective, place) = await KeepAsync(run, tenant, chosen, same, Arrivals.TakeBack(same), PlanPhase.Refused, ct);
        return planned with { Roster = effective.Roster, Selection = effective.Selection, Place = place };
    }

    private async Task<HashedPlan> PlanAsync(RunRecord run, Tenant tenant, ChosenFeed chosen, EarlierRosters earlier, Task written, CancellationToken ct)
    {
        var baseline = await WithTriedAsync(run, tenant, chosen, await FindBaselineAsync(run, chosen.Setup, earlier, ct), earlier, ct);
        await StageMemory.AwaitIfScarceAsync(written, chosen.Roster.Persons.Count);
        var (difference, judgement, plan) = await JudgeAsync(run, tenant, chosen, baseline, earlier, keepsAbsences: !run.DryRun, shown: null, ct);
        await written;
        var (effective, place) = await KeepAsync(run, tenant, chosen, difference, judgement.Held, PlanPhase.Planned, ct);
        plan = plan with
        {
            Roster = place,
            Waits = LoginWaits.Find(chosen.Roster, chosen.Selection, effective),
            Rests = chosen.Setup.RestsOn(run.Date).Select(rest => rest.What).Distinct().ToList() is { Count: > 0 } rests ? rests : null,
        };
        await plans.SavePairsAsync(plan, judgement.Held.Pairs, ct);
        await plans.SaveAsync(plan, ct);
        return plan;
    }

    /// <summary>The run's roster; a feed in which protected students go by an alias, or which is for some schools or roles, has its own.</summary>
    internal static string PathOf(RunRecord run, FeedSetup feed) => feed.HasOwnRoster
        ? RosterPath.Roster(run.Tenant, run.Run, feed.Name)
        : RosterPath.Roster(run.Tenant, run.Run);

    private async Task<ChosenFeed> ChooseAgainAsync(RunRecord run, FeedSetup feed, CancellationToken ct) =>
        await DiscreetAsync(run, await choosing.ChooseAsync(run.Tenant, feed, await RosterOfAsync(run, feed, ct), ct), ct);

    /// <summary>As in the night itself.</summary>
    private async Task<ChosenFeed> DiscreetAsync(RunRecord run, ChosenFeed chosen, CancellationToken ct)
    {
        KeepingBack.LeaveOut(TellingPersons.In(chosen.Roster, await ValuesAsync(run, ct)), chosen.Roster, chosen.Selection);
        return chosen;
    }

    private async Task<ProtectedValues> ValuesAsync(RunRecord run, CancellationToken ct) => await recognising.FindAsync(run.Tenant, run.Run, ct) ?? ProtectedValues.None;

    /// <summary>What the plan was made against: by now the target may have got the part of it that was not held.</summary>
    private async Task<Baseline> AsShownAsync(DeliveryPlan plan, EarlierRosters earlier, CancellationToken ct)
    {
        var isLost = plan.Holds.Any(hold => hold.Code == HoldCode.BaselineLost);
        // What the run itself has made is made anew of this plan, and not the other way round.
        var shown = plan.Against is { } place && place.Run != plan.Run ? await ReadAsync(plan.Tenant, place, earlier, ct) : DeliveredRosters.Nothing(isLost);
        var notices = (plan.Notices ?? []).Where(notice => notice.Code is not (NoticeCode.ManyProtected or NoticeCode.TextDamaged or NoticeCode.TargetRests));
        return shown with { IsLost = isLost || shown.IsLost, Unconfirmed = plan.Holds.FirstOrDefault(hold => hold.Code == HoldCode.Unconfirmed), Notices = [.. notices] };
    }

    private async Task<(RosterDifference Difference, Judgement Judgement, HashedPlan Plan)> JudgeAsync(
        RunRecord run, Tenant tenant, ChosenFeed chosen, Baseline baseline, EarlierRosters earlier, bool keepsAbsences, DeliveryPlan? shown, CancellationToken ct)
    {
        var feed = chosen.Setup;
        var values = await ValuesAsync(run, ct);
        baseline = Neutral(baseline, values);
        var difference = RosterDifference.Of(earlier.PairOf(baseline.Roster, chosen.Roster), baseline.Selection, chosen.Selection);
        difference.Telling = TellingLeavers.Of(difference, values);
        var limits = Limits(run, tenant, feed);
        var missing = limits.IsPatient ? await absences.FindAsync(run.Tenant, feed.Name, ct) : Absences.None;
        missing = run.Changed ? missing.Standing() : missing;
        var (deletions, told) = await DueAsync(run, chosen, baseline, shown, values, ct);
        var judgement = new Judgement(
            difference, limits, missing, run.Run, baseline.IsLost, run.AbsentSchools, run.Date, run.WaitingUnprotected, feeds[feed.Type].LoginSetting, deletions,
            baseline.Unconfirmed);
        if (limits.IsPatient && keepsAbsences)
        {
            await absences.SaveAsync(run.Tenant, feed.Name, judgement.Held.Absences, ct);
        }

        await baselines.AgeAsync(run, feed.Name, judgement.Held.Holds, ct);
        var name = new PlanName(run.Tenant, run.Run, feed.Name, deliveries.TargetOf(feed), baseline.Place) { Notices = [.. baseline.Notices, .. told] };
        return (difference, judgement, judgement.Plan(name, changes => feeds[feed.Type].Forecast(changes, run.Date)));
    }

    /// <summary>What had an id then that tells of somebody by now has a neutral one tonight, and is the same.</summary>
    private static Baseline Neutral(Baseline baseline, ProtectedValues values)
    {
        var neutral = NeutralIds.Of(baseline.Roster, values);
        return baseline with { Roster = neutral.Roster, Selection = neutral.Of(baseline.Selection) };
    }

    /// <summary>A roster that is sent again is no new sight of who is missing.</summary>
    private static GuardSettings Limits(RunRecord run, Tenant tenant, FeedSetup feed)
    {
        var limits = tenant.Guard.On(run.Date) is var night && run.Resends is null ? night : night.AtOnce;
        limits = run.Changed ? limits.ByDay() : limits;
        return feed.Freezes.Aggregate(limits, (narrowed, freeze) => freeze.Limit(narrowed, run.Date));
    }

    private async Task<(EffectiveFeed Feed, DeliveredRoster Place)> KeepAsync(
        RunRecord run, Tenant tenant, ChosenFeed chosen, RosterDifference difference, Verdict verdict, string phase, CancellationToken ct)
    {
        var feed = chosen.Setup;
        var effective = EffectiveFeed.Of(difference, verdict, chosen.Selection, roster => choosing.Choose(feed, roster, chosen.Holders).Selection);
        var place = new DeliveredRoster(
            run.Run,
            effective.IsTonights ? PathOf(run, feed) : RosterPath.Effective(run.Tenant, run.Run, feed.Name, phase),
            RosterPath.Selection(run.Tenant, run.Run, feed.Name, phase));
        if (!effective.IsTonights)
        {
            KeepingBack.LeaveOut(
                TellingLeavers.In(effective.Roster, difference.Before.Roster, effective.Roster.Protected, await ValuesAsync(run, ct)), effective.Roster, effective.Selection);
            await rosters.SaveAsync(place.Roster, effective.Roster, ct);
            await keptPersons.SaveAsync(run.Tenant, run.Run, feed.Name, phase, difference, verdict, ct);
        }

        var selection = effective.Selection with
        {
            Movements = verdict.Movements,
            Arrivals = verdict.Arrivals,
            Left = feeds[feed.Type] is IFeedWithMemory
                ? Departures.After(difference, verdict, effective, run.Date, run.Date.AddDays(-tenant.Privacy.RosterRetentionDays))
                : [],
        };
        await blobs.WriteAsync(Containers.Rosters, place.Selection, stream => SelectionFile.Write(selection, effective.Roster, RosterPath.OwnerOf(place.Selection), stream), ct);
        return (effective, place);
    }
}
