using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Retention;

/// <summary>What must stay for the next night, by blob (container and name), with the reason.</summary>
public sealed class BlobsInUse(BlobStorage blobs, RunStore runs, ReceiptStore receipts, TriedDeliveries tried)
{
    private const int RunsAsked = 10;
    private const string Delivered = "what the target was given last; the next night is compared with it";
    private const string Tried = "what the target may have taken without saying so; whoever becomes protected is looked for in it";
    private const string Lost = "what the target may have is not on record; it may have to be found out by this";
    private const string Gone = "has keys of what has left, which a target that was restored is told once more, up to privacy.rosterRetentionDays";
    private const string Known = "says what the target may have; the next night is made against it";

    public async Task<IReadOnlyDictionary<string, string>> FindAsync(string tenant, CancellationToken ct)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        var states = await ListAsync(tenant, ct);
        var targets = new List<TriedTarget>();
        foreach (var feed in states.Select(blob => blob.Feed).Distinct())
        {
            if (await receipts.FindLastAsync(tenant, feed, ct) is { } last)
            {
                targets.Add(TriedTarget.Of(feed, last));
                Keep(kept, last.Roster, last.Folder, last.Files, Delivered);
            }

            if (!states.Contains((feed, ReceiptStore.KnownFileName)) || await receipts.FindReadableAsync(tenant, feed, ct) is not { } known)
            {
                // Whatever is left may be all that tells what the target has.
                foreach (var (_, file) in states.Where(blob => blob.Feed == feed))
                {
                    kept[$"{Containers.State}/{FeedPath.State(tenant, feed, file)}"] = Lost;
                }

                continue;
            }

            foreach (var file in known)
            {
                var sent = file.IsAside ? FeedPath.SetAside(tenant, file.Run, feed, file.Name) : FeedPath.Sent(tenant, file.Run, feed, file.Name);
                var reason = file.Name.Contains(".gone.", StringComparison.Ordinal) ? Gone : Known;
                kept[$"{Containers.Feeds}/{sent}"] = reason;
                kept[$"{Containers.State}/{FeedPath.Kept(tenant, file.Run, feed, file.Name)}"] = reason;
            }
        }

        foreach (var delivery in await tried.FindAsync(tenant, [.. targets, .. await FindNeverConfirmedAsync(tenant, targets, ct)], ct))
        {
            Keep(kept, delivery.Roster!, ReceiptStore.Folder(delivery), delivery.Files, Tried);
        }

        return kept;
    }

    private static void Keep(Dictionary<string, string> kept, DeliveredRoster roster, string folder, IReadOnlyList<FeedFile> files, string reason)
    {
        foreach (var blob in files.Select(file => $"{Containers.Feeds}/{folder}/{file.Name}").Prepend($"{Containers.Rosters}/{roster.Roster}").Prepend($"{Containers.Rosters}/{roster.Selection}"))
        {
            kept.TryAdd(blob, reason);
        }
    }

    /// <summary>Where the newest run has sent something, and nothing is on record.</summary>
    private async Task<IEnumerable<TriedTarget>> FindNeverConfirmedAsync(string tenant, List<TriedTarget> targets, CancellationToken ct)
    {
        foreach (var name in (await runs.ListAsync(tenant, ct)).Take(RunsAsked))
        {
            if (await runs.ShowAsync(tenant, name, ct) is { DryRun: false } run && run.Feeds.Any(feed => feed.Key is not null))
            {
                return run.Feeds.Where(feed => feed.Key is { } key && !targets.Exists(target => target.Target.Is(key))).Select(feed => new TriedTarget(feed.Name, feed.Key!.Value, After: 0));
            }
        }

        return [];
    }

    /// <summary>Each feed's part of the state, by its name below the feed's folder.</summary>
    private async Task<IReadOnlySet<(string Feed, string File)>> ListAsync(string tenant, CancellationToken ct)
    {
        var found = new HashSet<(string Feed, string File)>();
        await foreach (var blob in blobs.ListAsync(Containers.State, FeedPath.States(tenant), ct))
        {
            if (blob.Name[FeedPath.States(tenant).Length..].Split('/', 2) is [var feed, var file])
            {
                found.Add((feed, file));
            }
        }

        return found;
    }

    /// <summary>
    /// Runs of which nothing goes: those under way, the latest that came to decisions, by which everybody is explained, and what may be one of them since its
    /// record cannot be read.
    /// </summary>
    public async Task<IReadOnlySet<string>> FindRunsAsync(string tenant, CancellationToken ct)
    {
        var kept = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in await runs.ListAsync(tenant, ct))
        {
            if (await runs.ShowAsync(tenant, name, ct) is { } run && (!run.IsFinal || run.IsUnreadable || run.Counts is not null))
            {
                kept.Add(name);
                if (run.Counts is not null && run.IsFinal)
                {
                    break;
                }
            }
        }

        return kept;
    }
}
