using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Targets to which no feed goes any more, because it is not in the tenant file or is switched off: nothing is taken out of them from here, so that somebody has to
/// know who is in them still.
/// </summary>
public sealed class LeftTargets(ReceiptStore receipts, TriedDeliveries tried, RosterStore rosters, Catalog<IDelivery> deliveries)
{
    /// <param name="former">Where it is on record what targets have to which no feed of the tenant file goes.</param>
    [Told]
    public async Task<IReadOnlyList<Notice>> FindAsync(Tenant tenant, IReadOnlyCollection<string> former, IReadOnlySet<EntityId> protectedIds, CancellationToken ct)
    {
        var notices = new List<Notice>();
        former = [.. former, .. tenant.Feeds.Where(feed => !feed.Enabled).Select(feed => feed.Name)];
        var targets = former.Count == 0 ? [] : tenant.Feeds.Where(feed => feed.Enabled).Select(deliveries.KeyOf).ToList();
        foreach (var feed in protectedIds.Count == 0 ? [] : former)
        {
            if (await receipts.FindLastAsync(tenant.Id, feed, ct) is { } last && !targets.Exists(target => target.Is(last.Key))
                && await CountAsync(tenant.Id, feed, last, protectedIds, ct) is > 0 and var count)
            {
                notices.Add(new Notice(NoticeCode.TargetLeft, targets.Exists(target => target.IsAt(last.Key)) ? Replaced(last, count) : Left(last, count)));
            }
        }

        return notices;
    }

    [Told]
    private static string Left(LastDelivery last, int count) =>
        $"{count} protected persons are in what feed {last.FeedName} was given last at {last.Target}, to which no feed of the tenant file goes any more: nothing is sent there. "
        + $"Have them removed there by hand, or put {last.FeedName} back with that address, switched on, until a night has delivered it.";

    /// <summary>What reads the new files may be the same receiver or another: files of the former kind would be anybody's guess to it.</summary>
    [Told]
    private static string Replaced(LastDelivery last, int count) =>
        $"{count} protected persons are in what feed {last.FeedName} was given last at {last.Target} as {last.Type}, where a feed of another type goes now: nothing of the former type is sent there. "
        + $"Have them removed there by hand, or give the feed the type {last.Type} again until a night has delivered it.";

    /// <summary>Who is in what the target said it took, or may have taken since without saying so.</summary>
    private async Task<int> CountAsync(string tenant, string feed, LastDelivery last, IReadOnlySet<EntityId> protectedIds, CancellationToken ct)
    {
        var found = new HashSet<EntityId>();
        var since = await tried.FindAsync(tenant, [TriedTarget.Of(feed, last)], ct);
        foreach (var place in since.Select(receipt => receipt.Roster!.Roster).Prepend(last.Roster.Roster).Distinct())
        {
            found.UnionWith(await rosters.TryFindAsync(place, ct) is { } roster ? roster.PersonIds().Where(protectedIds.Contains) : []);
        }

        return found.Count;
    }
}
