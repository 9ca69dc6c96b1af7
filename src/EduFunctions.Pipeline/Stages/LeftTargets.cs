using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Targets to which no feed goes any more, because it is not in the tenant file or is switched off: nothing is taken out of them from here, so that somebody has to
/// know who is in them still.
/// </summary>
public sealed class LeftTargets(ReceiptStore receipts, RosterStore rosters, Catalog<IDelivery> deliveries)
{
    /// <param name="former">Where it is on record what targets have to which no feed of the tenant file goes.</param>
    [Told]
    public async Task<IReadOnlyList<Notice>> FindAsync(Tenant tenant, IReadOnlyCollection<string> former, IReadOnlySet<EntityId> protectedIds, CancellationToken ct)
    {
        var notices = new List<Notice>();
        former = [.. former, .. tenant.Feeds.Where(feed => !feed.Enabled).Select(feed => feed.Name)];
        var targets = former.Count == 0 ? [] : tenant.Feeds.Where(feed => feed.Enabled).Select(deliveries.KeyOf).ToHashSet();
        foreach (var feed in protectedIds.Count == 0 ? [] : former)
        {
            if (await receipts.FindLastAsync(tenant.Id, feed, ct) is { } last && !targets.Contains(TargetKey.Of(last.Target))
                && await CountAsync(last, protectedIds, ct) is > 0 and var count)
            {
                notices.Add(new Notice(
                    NoticeCode.TargetLeft,
                    $"{count} protected persons are in what feed {last.FeedName} was given last at {last.Target}, to which no feed of the tenant file goes any more: nothing is sent there. "
                    + $"Have them removed there by hand, or put {last.FeedName} back with that address, switched on, until a night has delivered it."));
            }
        }

        return notices;
    }

    private async Task<int> CountAsync(LastDelivery last, IReadOnlySet<EntityId> protectedIds, CancellationToken ct) =>
        await rosters.TryFindAsync(last.Roster.Roster, ct) is { } roster ? roster.PersonIds().Count(protectedIds.Contains) : 0;
}
