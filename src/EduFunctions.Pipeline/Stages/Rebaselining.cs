using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What a feed's target has, as far as receipts, kept files and snapshots tell, and what of it was not known any more.</summary>
/// <param name="Delivered">What was delivered last: what the next night is compared with.</param>
/// <param name="Known">Files that say what the target may have; only of feeds that read them.</param>
/// <param name="Missing">Files that should be among them and are gone or damaged: what they say is no longer known.</param>
/// <param name="Changes">Blobs that are written.</param>
/// <param name="Refusal">Why nothing can be done; null when it can.</param>
public sealed record RebaselineResult(
    string Tenant, string Feed, LastDelivery? Delivered, IReadOnlyList<KnownFile> Known, IReadOnlyList<string> Missing, IReadOnlyList<string> Changes, string? Refusal)
{
    internal static RebaselineResult Refuse(string tenant, string feed, string reason) => new(tenant, feed, null, [], [], [], reason);
}

/// <summary>Makes known again what a target has been given, from the receipts of all runs in their order.</summary>
public sealed class Rebaselining(
    RunStore runs, ReceiptStore receipts, DeliveredFiles files, DeliveredRosters delivered, RosterStore rosters, FeedPlanning planning, GivenAgain given, Catalog<IFeed> feeds,
    Catalog<IDelivery> deliveries, ActLog acts)
{
    [Told]
    private const string Gone = "The roster that was delivered is gone.";

    /// <param name="isDryRun">Whether only to say what would be done.</param>
    /// <param name="by">Who says so.</param>
    public async Task<RebaselineResult> RunAsync(Tenant tenant, string name, bool isDryRun, Asker by, CancellationToken ct)
    {
        if (!isDryRun && by.Reason is null && tenant.RequiresReasons())
        {
            return RebaselineResult.Refuse(tenant.Id, name, Asker.Lack);
        }

        if (tenant.Feeds.FirstOrDefault(feed => feed.Name == name) is not { } feed)
        {
            return RebaselineResult.Refuse(tenant.Id, name, $"Tenant {tenant.Id} has no feed {name}.");
        }

        if (await runs.FindNewestAsync(tenant.Id, ct) is { } newest && await runs.FindAsync(tenant.Id, newest, ct) is { IsFinal: false })
        {
            return RebaselineResult.Refuse(tenant.Id, name, $"Run {newest} is under way. Wait until it has ended.");
        }

        var all = await ReceiptsAsync(tenant.Id, name, deliveries.KeyOf(feed), ct);
        return LastOf(all) is { } last
            ? await RunAsync(tenant.Id, feed, last, all, isDryRun ? null : by, ct)
            : RebaselineResult.Refuse(
                tenant.Id, name,
                await FindEarlierNameAsync(tenant.Id, deliveries.KeyOf(feed), ct) is { } earlier
                    ? $"Receipts say that {deliveries.TargetOf(feed)} was delivered to as feed {earlier}. Give the feed that name, rebaseline, and rename it again."
                    : $"No receipt says that {name} was ever delivered to {deliveries.TargetOf(feed)}, so there is nothing to compare with. Approve the plan of the next run.");
    }

    /// <summary>The name under which the target was delivered to last.</summary>
    private async Task<string?> FindEarlierNameAsync(string tenant, TargetKey target, CancellationToken ct) =>
        (await receipts.FindDeliveredAsync(tenant, "", given => given.Key.Is(target), ct))?.Feed;

    private async Task<RebaselineResult> RunAsync(
        string tenant, FeedSetup feed, LastDelivery last, IReadOnlyList<Receipt> all, Asker? by, CancellationToken ct)
    {
        var (known, missing) = await KnownAsync(feed, all, ct);
        var whole = known;
        known = missing.Count == 0 ? whole : await given.CompleteAsync(tenant, feed, last.Roster, whole, isStored: false, ct);
        var changes = new List<string>();
        if (!last.IsLike(await receipts.FindLastAsync(tenant, feed.Name, ct)))
        {
            changes.Add($"{Containers.State}/{ReceiptStore.LastName(tenant, feed.Name)}");
        }

        if (feeds[feed.Type] is IFeedWithMemory && !await receipts.IsKnownAsync(tenant, feed.Name, known, ct))
        {
            changes.Add($"{Containers.State}/{ReceiptStore.KnownName(tenant, feed.Name)}");
        }

        if (await delivered.ReadAsync(last.Roster, new EarlierRosters(rosters), ct) is { IsLost: true })
        {
            changes.Add($"{Containers.Rosters}/{last.Roster.Roster}");
        }

        var result = new RebaselineResult(tenant, feed.Name, last, known, missing, changes, null);
        return by is null || changes.Count == 0 ? result : await CarryOutAsync(result, feed, whole, by, ct)
            ?? result with { Refusal = $"The roster that run {last.Roster.Run} delivered is gone, and its snapshot does not bring it back. Approve the plan of the next run." };
    }

    /// <param name="whole">What of the known files is there; whatever lacks is made once more of the roster.</param>
    /// <returns>Null when what was delivered is gone.</returns>
    private async Task<RebaselineResult?> CarryOutAsync(RebaselineResult result, FeedSetup feed, IReadOnlyList<KnownFile> whole, Asker by, CancellationToken ct)
    {
        var act = await acts.WriteAsync(
            new Act { Tenant = result.Tenant, Kind = ActKind.Rebaseline, By = by.Name, Reason = by.Reason, Run = result.Delivered!.Roster.Run, Feed = feed.Name }, ct);
        if (!await planning.RebuildAsync(result.Tenant, result.Delivered!.Roster, ct))
        {
            await acts.RefuseAsync(act, Gone, ct);
            return null;
        }

        if (feeds[feed.Type] is IFeedWithMemory)
        {
            result = result.Missing.Count == 0 ? result
                : result with { Known = await given.CompleteAsync(result.Tenant, feed, result.Delivered!.Roster, whole, isStored: true, ct) };
            await receipts.SaveKnownAsync(result.Tenant, result.Feed, result.Known, result.Delivered!.Key, ct);
        }

        await receipts.SaveLastAsync(result.Tenant, result.Feed, result.Delivered, ct);
        return result;
    }

    /// <summary>Receipts of all deliveries to the target that were begun, oldest first.</summary>
    private async Task<IReadOnlyList<Receipt>> ReceiptsAsync(string tenant, string feed, TargetKey target, CancellationToken ct)
    {
        var all = new List<Receipt>();
        foreach (var run in (await runs.ListAsync(tenant, ct)).Reverse())
        {
            if (await receipts.FindAsync(tenant, run, feed, ct) is { } receipt && (receipt.IsDelivered || receipt.Progress.Count > 0)
                && receipt.Key.Is(target))
            {
                all.Add(receipt);
            }
        }

        return all;
    }

    private static LastDelivery? LastOf(IReadOnlyList<Receipt> all)
    {
        var last = all.LastOrDefault(receipt => receipt is { IsDelivered: true, Roster: not null });
        var sent = all.LastOrDefault(receipt => receipt is { IsDelivered: true, Roster: not null } && receipt.State != ReceiptState.SkippedUnchanged) ?? last;
        return last is null ? null : new LastDelivery(
            sent!.Run, sent.Target, sent.Files, ReceiptStore.Folder(sent), last.Roster!, all.LastOrDefault(receipt => receipt.IsGood)?.Finished)
        {
            Contents = sent.Contents,
            Type = sent.Type,
            Number = last.Number,
        };
    }

    /// <summary>What the target may have after all these deliveries, and what of it can no longer be read.</summary>
    private async Task<(IReadOnlyList<KnownFile> Known, IReadOnlyList<string> Missing)> KnownAsync(
        FeedSetup feed, IReadOnlyList<Receipt> all, CancellationToken ct)
    {
        IReadOnlyList<KnownFile> known = [];
        if (feeds[feed.Type] is not IFeedWithMemory kind)
        {
            return (known, []);
        }

        foreach (var receipt in all.Where(receipt => receipt is { Leaving: null, State: not ReceiptState.SkippedUnchanged }))
        {
            known = KnownAfter.Of(kind, feed.Settings, receipt, known);
        }

        var whole = new List<KnownFile>();
        var missing = new List<string>();
        foreach (var file in known)
        {
            if (await files.IsWholeAsync(all[0].Tenant, feed.Name, file, ct))
            {
                whole.Add(file);
            }
            else
            {
                missing.Add($"{file.Name} of run {file.Run}");
            }
        }

        return (whole, missing);
    }
}
