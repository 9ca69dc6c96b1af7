using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Finds what a feed is compared with. Only where nothing at all tells of an earlier delivery, under this name, to this target or by another tenant, is it a
/// first one; otherwise what was delivered is lost.
/// </summary>
public sealed class Baselines(DeliveredRosters delivered, DeliveryTraces traces, TargetClaims claims, RunStore runs, PlanStore plans, Catalog<IDelivery> deliveries)
{
    private const int NightsBack = 10;

    public async Task<Baseline> FindAsync(RunRecord run, FeedSetup feed, EarlierRosters rosters, CancellationToken ct)
    {
        var (target, key) = (deliveries.TargetOf(feed), deliveries.KeyOf(feed));
        var found = await delivered.FindAsync(run.Tenant, feed.Name, key, rosters, ct);
        if (found.Last is { } last)
        {
            return found with { Notices = [.. Notices(feed, last, key, target)] };
        }

        if (await traces.FindAsync(run, feed.Name, key, ct) is { } trace)
        {
            return DeliveredRosters.Nothing(isLost: true) with { Notices = trace.IsElsewhere(key) ? [Moved(trace.Run, TargetKey.Of(trace.Target!, trace.Type), trace.Target!, key, target)] : [] };
        }

        return !found.IsLost && !deliveries[feed.Delivery.Type].IsCommon && await claims.FindOtherAsync(run.Tenant, key, ct) is { } other
            ? DeliveredRosters.Nothing(isLost: true) with { Notices = [Taken(other, target)] }
            : found;
    }

    /// <summary>
    /// Where the rosters of earlier deliveries to the same target lie, newest first, as receipts and else runs and their plans tell: the best that is known of a
    /// target where what it was given last is lost.
    /// </summary>
    public async Task<IReadOnlyList<DeliveredRoster>> EarlierAsync(RunRecord run, FeedSetup feed, CancellationToken ct)
    {
        var key = deliveries.KeyOf(feed);
        var places = new List<DeliveredRoster>(await delivered.PlacesAsync(run.Tenant, run.Run, key, ct));
        var names = (await runs.ListAsync(run.Tenant, ct)).Where(name => name != run.Run).ToList();
        foreach (var name in names.Take(NightsBack).Except(places.Select(place => place.Run)))
        {
            if (await FindDeliveredAsync(run.Tenant, name, key, ct) is { Approval: null } then
                && await plans.TryFindAsync(run.Tenant, name, then.Name, ct) is { Roster: { } planned })
            {
                places.Add(planned);
            }
        }

        return [.. places.OrderBy(place => names.IndexOf(place.Run) is >= 0 and var at ? at : int.MaxValue)];
    }

    /// <summary>The feed in a run that delivered to the target.</summary>
    private async Task<FeedRun?> FindDeliveredAsync(string tenant, string run, TargetKey target, CancellationToken ct) =>
        await runs.ShowAsync(tenant, run, ct) is { DryRun: false } earlier
            ? earlier.Feeds.FirstOrDefault(each => each.IsDelivered && each.Key is { } key && key.Is(target))
            : null;

    /// <summary>Says of what is held since when the same was, night after night.</summary>
    public async Task AgeAsync(RunRecord run, string feed, List<Hold> holds, CancellationToken ct)
    {
        if (holds.Count == 0 || await LatestPlanAsync(run, feed, ct) is not { } earlier)
        {
            return;
        }

        for (var at = 0; at < holds.Count; at++)
        {
            if (earlier.Plan.Holds.FirstOrDefault(holds[at].IsSameAs) is { } same)
            {
                holds[at] = holds[at] with { Since = same.Since ?? earlier.Date };
            }
        }
    }

    [Told]
    private static IEnumerable<Notice> Notices(FeedSetup feed, LastDelivery last, TargetKey key, string target)
    {
        if (!last.Key.Is(key))
        {
            yield return Moved(last.Run, last.Key, last.Target, key, target);
        }
        else if (last.Target != target)
        {
            yield return new Notice(
                NoticeCode.TargetChanged,
                $"Up to run {last.Run} the feed went to {last.Target}, now it goes to {target}. It is compared with what went there: see that it is the same receiver.");
        }

        if (last.FeedName != feed.Name)
        {
            yield return new Notice(NoticeCode.FeedRenamed, $"The target of this feed was that of {last.FeedName} up to run {last.Run}; the feed goes on where that one was.");
        }
    }

    [Told]
    private static Notice Moved(string? run, TargetKey former, string formerTarget, TargetKey now, string target) => new(
        NoticeCode.TargetChanged,
        former.IsAt(now)
            ? $"Up to run {run} what went to {target} was {former.Type}, now it is {now.Type}, and what its receiver has is not known. Nothing is sent there before somebody approves the plan."
            : $"Up to run {run} the feed went to {formerTarget}, now it goes to {target}, and what that has is not known. Nothing is sent there before somebody approves the plan.");

    [Told]
    private static Notice Taken(string other, string target) => new(
        NoticeCode.TargetOfAnother,
        $"{target} is on record for tenant {other} of this storage. Take the feed out of that tenant's file before this plan is approved: from then on the target is this tenant's.");

    /// <summary>The feed's plan of the last night that came to one, unless an operator has answered it; dry runs are nobody's night.</summary>
    private async Task<(DeliveryPlan Plan, DateOnly Date)?> LatestPlanAsync(RunRecord run, string feed, CancellationToken ct)
    {
        var earlier = (await runs.ListAsync(run.Tenant, ct)).Where(name => string.CompareOrdinal(name, run.Run) < 0);
        foreach (var name in earlier.Take(NightsBack))
        {
            if (await runs.ShowAsync(run.Tenant, name, ct) is { DryRun: false } night && night.Feeds.FirstOrDefault(each => each.Name == feed) is { } then
                && await plans.TryFindAsync(run.Tenant, name, feed, ct) is { } plan)
            {
                return then.Approval is null ? (plan.Plan, night.Date) : null;
            }
        }

        return null;
    }
}
