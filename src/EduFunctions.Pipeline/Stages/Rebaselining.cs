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

        if (tenant.FindFeed(name) is not { } feed)
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
                $"No receipt says that {name} was ever delivered to {deliveries.TargetOf(feed)}, so there is nothing to compare with. Approve the plan of the next run.");
    }

    private async Task<RebaselineResult> RunAsync(
        string tenant, FeedSetup feed, LastDelivery last, IReadOnlyList<Receipt> all, Asker? by, CancellationToken ct)
    {
        var (known, missing, elsewhere) = await KnownAsync(feed, all, ct);
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

        var copied = elsewhere.Select(each => each.File).Concat(known.Except(whole));
        changes.AddRange(copied.Select(file => $"{Containers.State}/{FeedPath.Kept(tenant, file.Run, feed.Name, file.Name)}"));
        if (await delivered.ReadAsync(last.Roster, new EarlierRosters(rosters), ct) is { IsLost: true })
        {
            changes.Add($"{Containers.Rosters}/{last.Roster.Roster}");
        }

        var result = new RebaselineResult(tenant, feed.Name, last, known, missing, changes, null);
        return by is null || changes.Count == 0 ? result : await CarryOutAsync(result, feed, whole, elsewhere, by, ct)
            ?? result with { Refusal = $"The roster that run {last.Roster.Run} delivered is gone, and its snapshot does not bring it back. Approve the plan of the next run." };
    }

    /// <param name="whole">What of the known files is there; whatever lacks is made once more of the roster.</param>
    /// <param name="elsewhere">Those of them that lie under a name that the feed had before.</param>
    /// <returns>Null when what was delivered is gone.</returns>
    private async Task<RebaselineResult?> CarryOutAsync(
        RebaselineResult result, FeedSetup feed, IReadOnlyList<KnownFile> whole, IReadOnlyList<(string Feed, KnownFile File)> elsewhere, Asker by, CancellationToken ct)
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
            foreach (var (name, file) in elsewhere)
            {
                await using var content = await files.OpenAsync(result.Tenant, name, file, ct);
                await files.KeepAsync(result.Tenant, feed.Name, file, content!, ct);
            }

            result = result.Missing.Count == 0 ? result
                : result with { Known = await given.CompleteAsync(result.Tenant, feed, result.Delivered!.Roster, whole, isStored: true, ct) };
            await receipts.SaveKnownAsync(result.Tenant, result.Feed, result.Known, result.Delivered!.Key, ct);
        }

        await receipts.SaveLastAsync(result.Tenant, result.Feed, result.Delivered, ct);
        return result;
    }

    /// <summary>Receipts of all deliveries to the target that were begun, oldest first, whatever the feed was called then.</summary>
    private async Task<IReadOnlyList<Receipt>> ReceiptsAsync(string tenant, string feed, TargetKey target, CancellationToken ct)
    {
        var all = new List<Receipt>();
        foreach (var run in (await runs.ListAsync(tenant, ct)).Reverse())
        {
            var own = await receipts.FindAsync(tenant, run, feed, ct);
            var given = own?.Key.Is(target) == true ? own : (await receipts.ListOfAsync(tenant, run, ct)).FirstOrDefault(receipt => receipt.Key.Is(target));
            if (given is { IsDelivered: true } or { Progress.Count: > 0 })
            {
                all.Add(given);
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

    /// <summary>
    /// What the target may have after all these deliveries; what of it can no longer be read; and what has to be copied, since it lies under a name that the feed
    /// had before.
    /// </summary>
    private async Task<(IReadOnlyList<KnownFile> Known, IReadOnlyList<string> Missing, IReadOnlyList<(string Feed, KnownFile File)> Elsewhere)> KnownAsync(
        FeedSetup feed, IReadOnlyList<Receipt> all, CancellationToken ct)
    {
        IReadOnlyList<KnownFile> known = [];
        if (feeds[feed.Type] is not IFeedWithMemory kind)
        {
            return (known, [], []);
        }

        foreach (var receipt in all.Where(receipt => receipt is { Leaving: null, State: not ReceiptState.SkippedUnchanged }))
        {
            known = KnownAfter.Of(kind, feed.Settings, receipt, known);
        }

        var (tenant, names) = (all[0].Tenant, all.ToDictionary(receipt => receipt.Run, receipt => receipt.Feed));
        var (whole, missing, elsewhere) = (new List<KnownFile>(), new List<string>(), new List<(string, KnownFile)>());
        foreach (var file in known)
        {
            var name = names[file.Run];
            var there = name == feed.Name ? file : file with { IsKept = true };
            if (await files.IsWholeAsync(tenant, feed.Name, there, ct))
            {
                whole.Add(there);
            }
            else if (name != feed.Name && await files.IsWholeAsync(tenant, name, file, ct))
            {
                whole.Add(there);
                elsewhere.Add((name, file));
            }
            else
            {
                missing.Add($"{file.Name} of run {file.Run}");
            }
        }

        return (whole, missing, elsewhere);
    }
}
