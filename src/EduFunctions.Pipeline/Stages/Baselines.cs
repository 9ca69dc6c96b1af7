using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Finds what a feed is compared with. Only where nothing at all tells of an earlier delivery, under this name or to this target, is it a first one;
/// otherwise what was delivered is lost.
/// </summary>
public sealed class Baselines(DeliveredRosters delivered, RunStore runs, PlanStore plans, Catalog<IDelivery> deliveries)
{
    private const int NightsBack = 10;

    public async Task<Baseline> FindAsync(RunRecord run, Tenant tenant, FeedSetup feed, EarlierRosters rosters, CancellationToken ct)
    {
        var target = deliveries.TargetOf(feed);
        var baseline = await delivered.FindAsync(run.Tenant, run.Run, Traced(tenant, feed), rosters, ct);
        return baseline.Last is { } last ? baseline with { Notices = [.. Notices(feed, last, target)] }
            : baseline.IsLost || !await HasRunAsync(run, feed.Name, target, ct) ? baseline
            : DeliveredRosters.Nothing(isLost: true);
    }

    /// <summary>
    /// Where the rosters of earlier deliveries lie, newest first, as receipts and else runs and their plans tell: the best that is known of a target where
    /// what it was given last is lost.
    /// </summary>
    public async Task<IReadOnlyList<DeliveredRoster>> EarlierAsync(RunRecord run, Tenant tenant, FeedSetup feed, CancellationToken ct)
    {
        var places = new List<DeliveredRoster>(await delivered.PlacesAsync(run.Tenant, run.Run, Traced(tenant, feed), ct));
        var names = (await runs.ListAsync(run.Tenant, ct)).Where(name => name != run.Run).ToList();
        foreach (var name in names.Take(NightsBack).Except(places.Select(place => place.Run)))
        {
            if (await FindDeliveredAsync(run.Tenant, name, feed.Name, deliveries.TargetOf(feed), ct) is { Approval: null } then
                && await plans.FindAsync(run.Tenant, name, then.Name, ct) is { Roster: { } planned })
            {
                places.Add(planned);
            }
        }

        return [.. places.OrderBy(place => names.IndexOf(place.Run) is >= 0 and var at ? at : int.MaxValue)];
    }

    /// <summary>The feed in a run that delivered it, under this name or to this target.</summary>
    private async Task<FeedRun?> FindDeliveredAsync(string tenant, string run, string feed, string target, CancellationToken ct) =>
        await runs.ShowAsync(tenant, run, ct) is { DryRun: false } earlier
            ? earlier.Feeds.FirstOrDefault(each => each.IsDelivered && (each.Name == feed || each.Target == target))
            : null;

    private FeedAtTarget Traced(Tenant tenant, FeedSetup feed) => new(feed.Name, deliveries.TargetOf(feed), [.. tenant.Feeds.Select(each => each.Name)]);

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

    private static IEnumerable<Notice> Notices(FeedSetup feed, LastDelivery last, string target)
    {
        if (last.Target != target)
        {
            yield return new Notice(
                NoticeCode.TargetChanged,
                $"Up to run {last.Run} the feed went to {last.Target}, now it goes to {target}. It is compared with what went there: see that it is the same receiver.");
        }

        if (last.FeedName != feed.Name)
        {
            yield return new Notice(NoticeCode.FeedRenamed, $"The feed goes to the target of {last.FeedName}, which is no longer in the tenant file, and goes on where that one was.");
        }
    }

    /// <summary>Runs are the last to be lost, and say what was sent.</summary>
    private async Task<bool> HasRunAsync(RunRecord run, string feed, string target, CancellationToken ct)
    {
        foreach (var name in (await runs.ListAsync(run.Tenant, ct)).Where(name => name != run.Run))
        {
            if (await FindDeliveredAsync(run.Tenant, name, feed, target, ct) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The feed's plan of the last night that came to one, unless an operator has answered it; dry runs are nobody's night.</summary>
    private async Task<(DeliveryPlan Plan, DateOnly Date)?> LatestPlanAsync(RunRecord run, string feed, CancellationToken ct)
    {
        var earlier = (await runs.ListAsync(run.Tenant, ct)).Where(name => string.CompareOrdinal(name, run.Run) < 0);
        foreach (var name in earlier.Take(NightsBack))
        {
            if (await runs.ShowAsync(run.Tenant, name, ct) is { DryRun: false } night && night.Feeds.FirstOrDefault(each => each.Name == feed) is { } then
                && await plans.FindAsync(run.Tenant, name, feed, ct) is { } plan)
            {
                return then.Approval is null ? (plan.Plan, night.Date) : null;
            }
        }

        return null;
    }
}
