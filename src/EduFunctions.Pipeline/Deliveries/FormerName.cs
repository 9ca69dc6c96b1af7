using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>
/// A target is its address, not the feed's name: a feed that is new in the tenant file and goes where one went that is no longer in it, is that one, and
/// goes on with all that is on record of it.
/// </summary>
public sealed class FormerName(BlobStorage blobs, ReceiptStore receipts, DeliveredFiles files, Catalog<IDelivery> deliveries)
{
    private const string Last = "delivered.json";
    private const string Known = "held.json";

    /// <returns>Feeds on record that are not in the tenant file and that none has taken over.</returns>
    public async Task<IReadOnlyList<string>> TakeOverAsync(Tenant tenant, CancellationToken ct)
    {
        var recorded = await blobs.FoldersAsync(Containers.State, FeedPath.States(tenant.Id), ct);
        var former = recorded.Except(tenant.Feeds.Select(feed => feed.Name)).ToList();
        foreach (var feed in former.Count == 0 ? [] : tenant.Feeds.Where(feed => !recorded.Contains(feed.Name)))
        {
            var target = deliveries.TargetOf(feed);
            foreach (var name in former)
            {
                if (await receipts.FindLastAsync(tenant.Id, name, ct) is { } last && last.Target == target)
                {
                    await MoveAsync(tenant.Id, name, feed.Name, ct);
                    former.Remove(name);
                    break;
                }
            }
        }

        return former;
    }

    /// <summary>The record of the delivery comes last: as long as it is not there, a repeated stage begins again.</summary>
    private async Task MoveAsync(string tenant, string from, string to, CancellationToken ct)
    {
        var (source, names) = (FeedPath.State(tenant, from, ""), new List<string>());
        await foreach (var blob in blobs.ListAsync(Containers.State, source, ct))
        {
            names.Add(blob.Name[source.Length..]);
        }

        foreach (var name in names.Where(name => name is not (Last or Known)))
        {
            await using var content = await blobs.OpenAsync(Containers.State, source + name, ct);
            await blobs.WriteAsync(Containers.State, FeedPath.State(tenant, to, name), content!, ct);
        }

        await MoveKnownAsync(tenant, from, to, ct);
        var last = await blobs.ReadAsync(Containers.State, source + Last, ct);
        await blobs.WriteAsync(Containers.State, FeedPath.State(tenant, to, Last), last!.Content, ct);
        foreach (var name in names)
        {
            await blobs.DeleteAsync(Containers.State, source + name, ct);
        }
    }

    /// <summary>What was sent lies under the old name and ends with its run; a copy that is kept does not.</summary>
    private async Task MoveKnownAsync(string tenant, string from, string to, CancellationToken ct)
    {
        var known = await receipts.FindKnownAsync(tenant, from, ct);
        foreach (var file in known)
        {
            await using var content = await files.OpenAsync(tenant, from, file, ct);
            if (content is not null)
            {
                await blobs.WriteAsync(Containers.State, FeedPath.Kept(tenant, file.Run, to, file.Name), content, ct);
            }
        }

        if (known.Count > 0)
        {
            await receipts.SaveKnownAsync(tenant, to, [.. known.Select(file => file with { IsAside = false })], ct);
        }
    }
}
