using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What targets were given last, and what they may have taken since without saying so, feed by feed, as rosters.</summary>
public sealed class TargetRosters(BlobStorage blobs, ReceiptStore receipts, RosterStore rosters, DeliveryTraces traces)
{
    /// <summary>How many deliveries in a row that nobody confirmed are looked at.</summary>
    private const int MostTries = 30;

    /// <summary>
    /// Each roster once; null for one that cannot be read, and for a feed of which it is not on record what was delivered. Of such a feed the newest that receipts
    /// tell of comes as well: a target that is given nothing since has people in it who have had other ids for long.
    /// </summary>
    /// <param name="feeds">Names of feeds.</param>
    /// <param name="hasOthers">Whether those of all others on record come, too.</param>
    public async IAsyncEnumerable<Roster?> AllAsync(
        string tenant, IReadOnlyCollection<string> feeds, bool hasOthers, [EnumeratorCancellation] CancellationToken ct)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        var recorded = await blobs.FoldersAsync(Containers.State, FeedPath.States(tenant), ct);
        var lost = feeds.Except(recorded).ToHashSet(StringComparer.Ordinal);
        foreach (var feed in hasOthers ? recorded : recorded.Intersect(feeds))
        {
            var last = await receipts.FindLastAsync(tenant, feed, ct);
            if (last is not null && !paths.Add(last.Roster.Roster))
            {
                continue;
            }

            var roster = last is null ? null : await rosters.TryFindAsync(last.Roster.Roster, ct);
            yield return roster;
            if (roster is null)
            {
                lost.Add(feed);
            }
        }

        foreach (var path in await TriedAsync(tenant, feeds, ct))
        {
            if (paths.Add(path))
            {
                yield return await rosters.TryFindAsync(path, ct);
            }
        }

        await foreach (var roster in EarlierAsync(tenant, lost, paths, ct))
        {
            yield return roster;
        }
    }

    /// <summary>Of all feeds, since a feed may be called otherwise by now than the one that was tried.</summary>
    private async Task<IEnumerable<string>> TriedAsync(string tenant, IEnumerable<string> feeds, CancellationToken ct)
    {
        var after = int.MaxValue;
        foreach (var feed in feeds)
        {
            after = Math.Min(after, (await receipts.FindLastAsync(tenant, feed, ct))?.Number ?? 0);
        }

        return (await traces.FindTriesAsync(tenant, after, ct)).Places.Take(MostTries).Select(place => place.Roster);
    }

    /// <summary>Who has left a target that may keep them, resting or disabled; of all that are on record.</summary>
    public async Task<IReadOnlyList<LeftPerson>> LeftAsync(string tenant, CancellationToken ct)
    {
        var left = new List<LeftPerson>();
        foreach (var feed in await blobs.FoldersAsync(Containers.State, FeedPath.States(tenant), ct))
        {
            if (await receipts.FindLastAsync(tenant, feed, ct) is { } last)
            {
                left.AddRange(await LeftAsync(last.Roster, ct));
            }
        }

        return left;
    }

    private async Task<IReadOnlyList<LeftPerson>> LeftAsync(DeliveredRoster place, CancellationToken ct)
    {
        try
        {
            await using var selection = await blobs.OpenAsync(Containers.Rosters, place.Selection, ct);
            return selection is null ? [] : (await SelectionFile.ReadAsync(selection, RosterPath.OwnerOf(place.Selection), ct)).Left;
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return [];
        }
    }

    private async IAsyncEnumerable<Roster?> EarlierAsync(
        string tenant, HashSet<string> feeds, HashSet<string> paths, [EnumeratorCancellation] CancellationToken ct)
    {
        var delivered = feeds.Count == 0 ? [] : await receipts.ListDeliveredAsync(tenant, run: "", receipt => feeds.Contains(receipt.Feed), ct);
        foreach (var feed in delivered.GroupBy(receipt => receipt.Feed))
        {
            yield return null;
            foreach (var path in feed.Select(receipt => receipt.Roster?.Roster).OfType<string>().Distinct())
            {
                if (await rosters.TryFindAsync(path, ct) is { } roster)
                {
                    yield return paths.Add(path) ? roster : null;
                    break;
                }
            }
        }
    }
}
