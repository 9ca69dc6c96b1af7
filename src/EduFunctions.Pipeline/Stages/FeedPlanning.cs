using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a feed is made of once the guard has judged it.</summary>
/// <param name="Place">Where the roster lies, to be compared with when it has been delivered.</param>
/// <param name="IsReleased">Whether the approved plan is this very plan.</param>
public sealed record PlannedFeed(HashedPlan Plan, Roster Roster, FeedSelection Selection, DeliveredRoster Place, bool IsReleased)
{
    /// <summary>Whether nothing of the feed may be sent.</summary>
    public bool IsWhollyHeld => !IsReleased && Plan.Plan.Holds.Any(hold => hold.Code == HoldCode.BaselineLost);
}

/// <summary>Compares tonight's roster with what was delivered last, has the guard judge it, and keeps the plan and the roster that comes of it.</summary>
public sealed class FeedPlanning(
    BlobStorage blobs, PlanStore plans, DeliveredRosters delivered, DeliveredFiles files, AbsenceStore absences, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    private const string Planned = "planned";
    private const string Approved = "approved";

    /// <param name="approved">The plan that an operator approved, as it was shown; null when nobody has.</param>
    public async Task<PlannedFeed> PlanAsync(RunRecord run, Tenant tenant, FeedPlan feed, HashedPlan? approved, CancellationToken ct)
    {
        var roster = await RosterAsync(run, feed, ct);
        using var held = await files.ReadAsync(feeds[feed.Type], run.Tenant, feed.Name, Target(feed), feeds[feed.Type].ChoosesBy, ct);
        var chosen = feeds[feed.Type].Choose(roster, feed.Settings, held);
        var baseline = approved is null ? await delivered.FindAsync(run.Tenant, run.Run, feed.Name, ct) : await AsShownAsync(approved.Plan, ct);
        var difference = RosterDifference.Between(baseline.Roster, baseline.Selection, roster, chosen);
        var judgement = await JudgeAsync(run, feed, difference, Limits(run, tenant), baseline.IsLost, ct);
        var name = new PlanName(run.Tenant, run.Run, feed.Name, Target(feed), baseline.Place);
        var plan = judgement.Plan(name, changes => feeds[feed.Type].Forecast(changes, run.Date));
        if (approved is null)
        {
            await plans.SaveAsync(plan, ct);
        }

        var isReleased = approved?.Hash == plan.Hash;
        var effective = EffectiveFeed.Of(
            difference, isReleased ? judgement.Released : judgement.Held, chosen, kept => feeds[feed.Type].Choose(kept, feed.Settings, held));
        var place = await KeepAsync(run, feed, isReleased ? Approved : Planned, effective, ct);
        return new PlannedFeed(plan, effective.Roster, effective.Selection, place, isReleased);
    }

    /// <summary>A roster that is sent again is no new sight of who is missing.</summary>
    private static GuardSettings Limits(RunRecord run, Tenant tenant) =>
        run.Resends is null ? tenant.Guard.On(run.Date) : tenant.Guard.On(run.Date) with { RemoveAfterRuns = 1 };

    private string Target(FeedPlan feed) => deliveries[feed.Delivery.Type].Target(feed.Delivery);

    /// <summary>The run's roster; a feed in which protected students go by an alias has its own.</summary>
    private static string PathOf(RunRecord run, FeedPlan feed) => feed.Settings.Pseudonymise is null
        ? RosterPath.Roster(run.Tenant, run.Run)
        : RosterPath.Roster(run.Tenant, run.Run, feed.Name);

    private async Task<Roster> RosterAsync(RunRecord run, FeedPlan feed, CancellationToken ct)
    {
        await using var stored = await blobs.OpenAsync(Containers.Rosters, PathOf(run, feed), ct)
            ?? throw new RunHeldException($"The roster of run {run.Run} is gone. Repeat the run.");
        return await RosterFile.ReadAsync(stored, ct);
    }

    /// <summary>What the plan was made against: by now the target may have got the part of it that was not held.</summary>
    private async Task<Baseline> AsShownAsync(DeliveryPlan plan, CancellationToken ct) => plan.Against is { } place
        ? await delivered.ReadAsync(place, ct)
        : DeliveredRosters.Nothing(isLost: plan.Holds.Any(hold => hold.Code == HoldCode.BaselineLost));

    private async Task<Judgement> JudgeAsync(
        RunRecord run, FeedPlan feed, RosterDifference difference, GuardSettings limits, bool isBaselineLost, CancellationToken ct)
    {
        var isPatient = limits.RemoveAfterRuns > 1;
        var earlier = isPatient ? await absences.FindAsync(run.Tenant, feed.Name, ct) : Absences.None;
        var judgement = new Judgement(difference, limits, earlier, run.Run, isBaselineLost, run.AbsentSchools);
        if (isPatient && !run.DryRun)
        {
            await absences.SaveAsync(run.Tenant, feed.Name, judgement.Held.Absences, ct);
        }

        return judgement;
    }

    private async Task<DeliveredRoster> KeepAsync(RunRecord run, FeedPlan feed, string phase, EffectiveFeed effective, CancellationToken ct)
    {
        var place = new DeliveredRoster(
            run.Run,
            effective.IsTonights ? PathOf(run, feed) : RosterPath.Effective(run.Tenant, run.Run, feed.Name, phase),
            RosterPath.Selection(run.Tenant, run.Run, feed.Name, phase));
        if (!effective.IsTonights)
        {
            await blobs.WriteAsync(Containers.Rosters, place.Roster, stream => RosterFile.Write(effective.Roster, stream), ct);
        }

        await blobs.WriteAsync(Containers.Rosters, place.Selection, stream => SelectionFile.Write(effective.Selection, stream), ct);
        return place;
    }
}
