using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>What the tenant's targets were given last, as rosters: of feeds of today and of those that are not in the tenant file any more.</summary>
public sealed class LastRosters(BlobStorage blobs, ReceiptStore receipts, RosterStore rosters)
{
    /// <summary>Each roster once; null for one that cannot be read, and for a feed of which it is not on record what was delivered.</summary>
    /// <param name="feeds">Their names; null for all on record.</param>
    public async IAsyncEnumerable<Roster?> AllAsync(string tenant, IReadOnlyCollection<string>? feeds, [EnumeratorCancellation] CancellationToken ct)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var feed in await blobs.FoldersAsync(Containers.State, FeedPath.States(tenant), ct))
        {
            if (feeds?.Contains(feed) == false)
            {
                continue;
            }

            if (await receipts.FindLastAsync(tenant, feed, ct) is not { } last)
            {
                yield return null;
            }
            else if (paths.Add(last.Roster.Roster))
            {
                yield return await rosters.TryFindAsync(last.Roster.Roster, ct);
            }
        }
    }
}
