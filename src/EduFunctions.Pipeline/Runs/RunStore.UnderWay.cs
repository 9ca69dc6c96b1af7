using Azure;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Which run of a tenant is under way: the marker that only one of several who begin can write.</summary>
public sealed partial class RunStore
{
    /// <summary>A run nothing was heard of for so long is dead: a working one writes its record at every stage and slice.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromHours(2);

    /// <summary>What was to begin longer ago begins on the day of now: its host has stood still.</summary>
    private static readonly TimeSpan Stale = TimeSpan.FromMinutes(5);

    /// <summary>The same for who is to work on it: one that was begun, and could not be saved then, is saved now.</summary>
    internal async Task<RunRecord?> FindBegunAsync(string tenant, string run, CancellationToken ct) => await FindAsync(tenant, run, ct)
        ?? (await ReadMarkerAsync(tenant, ct) is { } marker && marker.Active.Run == run ? await SaveBegunAsync(marker.Active, ct) : null);

    /// <summary>
    /// Begins the run, or returns the one that is already under way: one conditional write decides, and the one who comes second finds there what the
    /// first has begun. What was silent for too long is given up and gives way.
    /// </summary>
    /// <param name="make">The run as it would begin now.</param>
    /// <param name="newest">The tenant's newest run as it was read a moment ago, mostly the one that is or was under way; null when none is known.</param>
    /// <param name="isEnough">Whether a run that somebody else has begun, and ended, since that moment makes this one needless.</param>
    public async Task<(RunRecord Run, bool IsNew)> BeginAsync(
        string tenant, Func<RunRecord> make, RunRecord? newest, CancellationToken ct, Predicate<RunRecord>? isEnough = null)
    {
        var run = make();
        // A tenant without runs has none under way.
        var (active, marker) = newest is null ? default : await ReadActiveAsync(tenant, newest, ct);
        for (var tries = new WriteTries(Containers.State, ActiveName(tenant)); ; await tries.NextAsync(ct))
        {
            if (active is { IsFinal: false } && !await IsSilentAsync(active, ct))
            {
                return (active, false);
            }

            if (active is not null && active.Run != newest?.Run && isEnough?.Invoke(active) == true)
            {
                return (active, false);
            }

            var highest = marker is null && newest is null ? await HighestDeliveredAsync(tenant, ct) : Math.Max(marker?.Active.Number ?? 0, newest?.Number ?? 0);
            run = time.GetUtcNow() - run.Started > Stale ? make() : run;
            var begun = run with { Number = highest + 1 };
            if (active is { IsFinal: false })
            {
                await GiveUpAsync(active, Unheard($"{Silence.TotalHours:0}", begun.Run), ct);
            }
            else if (await TryMarkAsync(tenant, new ActiveRun(begun.Run, begun.Number) { Begun = begun }, marker?.Tag, ct))
            {
                await TrySaveNewAsync(begun, ct);
                await TellAsync(null, begun);
                return (begun, true);
            }

            (active, marker) = await ReadActiveAsync(tenant, known: null, ct);
        }
    }

    /// <inheritdoc cref="BeginAsync(string, Func{RunRecord}, RunRecord?, CancellationToken, Predicate{RunRecord}?)"/>
    internal Task<(RunRecord Run, bool IsNew)> BeginAsync(RunRecord run, RunRecord? newest, CancellationToken ct, Predicate<RunRecord>? isEnough = null) =>
        BeginAsync(run.Tenant, () => run, newest, ct, isEnough);

    [Told]
    private static string Unheard(string hours, string later) => $"Nothing was heard of this run for {hours} hours; run {later} took its place.";

    /// <summary>Where neither runs nor their marker are left, deliveries may be: none of them may seem to be later than the run that begins.</summary>
    private async Task<int> HighestDeliveredAsync(string tenant, CancellationToken ct)
    {
        var (receipts, highest) = (new ReceiptStore(blobs, discretion), 0);
        foreach (var feed in await blobs.FoldersAsync(Containers.State, FeedPath.States(tenant), ct))
        {
            highest = Math.Max(highest, (await receipts.FindLastAsync(tenant, feed, ct))?.Number ?? 0);
        }

        return highest;
    }

    /// <summary>Takes a run that is over up again, under a new number; as it is when it is under way, null when a later one has taken its place.</summary>
    public async Task<RunRecord?> ReopenAsync(string tenant, string run, Func<RunRecord, RunRecord> change, CancellationToken ct)
    {
        for (var tries = new WriteTries(Containers.State, ActiveName(tenant)); ; await tries.NextAsync(ct))
        {
            var (active, marker) = await ReadActiveAsync(tenant, known: null, ct);
            if (active is { IsFinal: true } && active.Run != run && await FindAsync(tenant, run, ct) is { } earlier && await FindOvertakingAsync(earlier, ct) is null)
            {
                // What has begun since came to nothing, and is fenced off by the new number if it should wake.
                active = earlier;
            }

            if (marker is null || active?.Run != run)
            {
                return null;
            }

            var number = marker.Active.Number + 1;
            if (!active.IsFinal || ReferenceEquals(change(active), active))
            {
                return active;
            }

            if (await TryMarkAsync(tenant, new ActiveRun(run, number), marker.Tag, ct))
            {
                return await UpdateAsync(tenant, run, record => Numbered(record.IsFinal ? change(record) : record, number), ct);
            }
        }
    }

    /// <summary>
    /// Two who take a run up at the same moment both mark it: the record follows the higher number, or it would count as overtaken by itself, and the other
    /// number was its own as well.
    /// </summary>
    private static RunRecord Numbered(RunRecord run, int number) => run.Number == number ? run : run with
    {
        Number = Math.Max(run.Number, number),
        FormerNumbers = [.. run.FormerNumbers ?? [], Math.Min(run.Number, number)],
    };

    /// <summary>Which run of the tenant has the highest number; null when none ever began.</summary>
    public async Task<ActiveRun?> FindActiveAsync(string tenant, CancellationToken ct) => (await ReadMarkerAsync(tenant, ct))?.Active;

    /// <summary>
    /// Writes a run that never begins, so that the refusal is seen where runs are looked for: beside the one that is or was under way and not in its place,
    /// or as the first.
    /// </summary>
    public async Task<RunRecord> SaveRefusedAsync(RunRecord run, CancellationToken ct)
    {
        try
        {
            if (await ReadMarkerAsync(run.Tenant, ct) is { } marker)
            {
                run = run with { Number = marker.Active.Number };
            }
            else
            {
                var (begun, isNew) = await BeginAsync(run, newest: null, ct);
                if (isNew)
                {
                    return begun;
                }

                run = run with { Number = begun.Number };
            }
        }
        catch (BlobTroubleException e) when (e.IsLasting)
        {
            // What is damaged is what it tells of, and no reason to keep silent.
            run = run with { Number = await ListNumbersAsync(run.Tenant, ct) is [var newest, ..] ? newest.Number : 0 };
        }

        await SaveAsync(run, ct);
        return run;
    }

    private Task<bool> TryMarkAsync(string tenant, ActiveRun run, ETag? tag, CancellationToken ct) =>
        blobs.TryWriteAsync(Containers.State, ActiveName(tenant), discretion.Tell(tenant, run), tag, ct);

    private async Task<(RunRecord? Run, Marker? Marker)> ReadActiveAsync(string tenant, RunRecord? known, CancellationToken ct)
    {
        if (await ReadMarkerAsync(tenant, ct) is not { } marker)
        {
            return (null, null);
        }

        var record = known?.Run == marker.Active.Run ? known : await FindAsync(tenant, marker.Active.Run, ct);
        if (record is { IsFinal: false } && record.Number < marker.Active.Number)
        {
            // Whoever took it up a second time has died between marker and record.
            record = await UpdateAsync(tenant, record.Run, current => current.IsFinal ? current : Numbered(current, marker.Active.Number), ct);
        }

        return (record ?? await SaveBegunAsync(marker.Active, ct), marker);
    }

    private async Task<Marker?> ReadMarkerAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, ActiveName(tenant), ct) is { } blob
            ? new Marker(StoredJson.Parse<ActiveRun>(
                Containers.State, ActiveName(tenant), blob.Content, "See that no run of the tenant is under way, delete the blob, and run again."), blob.Tag)
            : null;

    /// <summary>
    /// Whoever began the run may be about to save it, or have died before: as it was begun stands in the marker. One of long ago was deleted since. And one
    /// that has left anything was recorded, and its record is lost: begun again it would pull over the roster that the next one is compared with. Unless
    /// somebody else has saved it since it was looked for, and gone on.
    /// </summary>
    private async Task<RunRecord?> SaveBegunAsync(ActiveRun active, CancellationToken ct)
    {
        if (active.Begun is not { } begun || await blobs.FindAgeAsync(Containers.State, ActiveName(active.Begun.Tenant), ct) > Silence)
        {
            return null;
        }

        if (!await HasLeftAsync(begun, ct))
        {
            await TrySaveNewAsync(begun, ct);
        }

        return await FindAsync(begun.Tenant, begun.Run, ct);
    }

    private async Task<bool> HasLeftAsync(RunRecord run, CancellationToken ct)
    {
        var folder = $"{run.Tenant}/{run.Run}/";
        return await blobs.AnyAsync(Containers.Snapshots, folder, ct) || await blobs.AnyAsync(Containers.Rosters, folder, ct) || await blobs.AnyAsync(Containers.Feeds, folder, ct)
            || (await new Seals(blobs).ReadAsync(run.Tenant, ct)).Entries.Any(entry => entry.Blob.Contains($"/{folder}", StringComparison.Ordinal));
    }

    /// <summary>Only where it is not there yet: whoever found it in the marker may have saved it, and gone on.</summary>
    private Task<ETag?> TrySaveNewAsync(RunRecord begun, CancellationToken ct) =>
        blobs.TryReplaceAsync(Containers.Runs, Name(begun.Tenant, begun.Run), discretion.Tell(begun.Tenant, begun), expected: null, ct, Metadata(begun));

    /// <summary>By the storage's clock alone: one host's clock may be years ahead.</summary>
    private async Task<bool> IsSilentAsync(RunRecord run, CancellationToken ct) =>
        await blobs.FindAgeAsync(Containers.Runs, Name(run.Tenant, run.Run), ct) is not { } age || age > Silence;

    private static string ActiveName(string tenant) => $"{tenant}/active.json";

    private sealed record Marker(ActiveRun Active, ETag Tag);
}
