using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Keeps the run records, and which run of a tenant is under way: one at a time.</summary>
public sealed class RunStore(BlobStorage blobs, Discretion discretion, TimeProvider time, params IEnumerable<IRunObserver> observers)
{
    /// <summary>A run nothing was heard of for so long is dead: a working one writes its record at every stage and slice.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromHours(2);

    private const string NumberKey = "number";

    /// <summary>By tenant the run that was seen last: a change begins with that, and reads only when somebody else has made another.</summary>
    private readonly ConcurrentDictionary<string, SeenRun> _seen = new(StringComparer.Ordinal);

    public async Task<RunRecord?> FindAsync(string tenant, string run, CancellationToken ct) => (await ReadAsync(tenant, run, ct))?.Record;

    /// <summary>The same for who is to work on it: one that was begun, and could not be saved then, is saved now.</summary>
    internal async Task<RunRecord?> FindBegunAsync(string tenant, string run, CancellationToken ct) => await FindAsync(tenant, run, ct)
        ?? (await ReadMarkerAsync(tenant, ct) is { } marker && marker.Active.Run == run ? await SaveBegunAsync(marker.Active, ct) : null);

    /// <summary>
    /// The run as people are to see it: one whose record is damaged stands there as failed, with the blob's name and what to do. What the storage did not give
    /// this time says nothing of the run.
    /// </summary>
    public async Task<RunRecord?> ShowAsync(string tenant, string run, CancellationToken ct)
    {
        try
        {
            return await FindAsync(tenant, run, ct);
        }
        catch (UnreadableBlobException e)
        {
            return RunRecord.Unreadable(tenant, run, e.Message);
        }
    }

    /// <summary>Names of a tenant's runs, newest first: by their numbers, and only those that have none by the clocks they were named by.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string tenant, CancellationToken ct) => [.. (await ListNumbersAsync(tenant, ct)).Select(run => run.Run)];

    private async Task<IReadOnlyList<(string Run, int Number)>> ListNumbersAsync(string tenant, CancellationToken ct)
    {
        var found = new List<(string Run, int Number)>();
        await foreach (var blob in blobs.ListAsync(Containers.Runs, $"{tenant}/", ct))
        {
            found.Add((Path.GetFileNameWithoutExtension(blob.Name), blob.Metadata.TryGetValue(NumberKey, out var number) ? int.Parse(number, CultureInfo.InvariantCulture) : 0));
        }

        return [.. found.OrderByDescending(run => run.Number).ThenByDescending(run => run.Run, StringComparer.Ordinal)];
    }

    public async Task<string?> FindNewestAsync(string tenant, CancellationToken ct) =>
        await ListAsync(tenant, ct) is [var newest, ..] ? newest : null;

    /// <summary>
    /// Begins the run, or returns the one that is already under way: one conditional write decides, and the one who comes second finds there what the
    /// first has begun. What was silent for too long is given up and gives way.
    /// </summary>
    /// <param name="newest">The tenant's newest run as it was read a moment ago, mostly the one that is or was under way; null when none is known.</param>
    /// <param name="isEnough">Whether a run that somebody else has begun, and ended, since that moment makes this one needless.</param>
    public async Task<(RunRecord Run, bool IsNew)> BeginAsync(RunRecord run, RunRecord? newest, CancellationToken ct, Predicate<RunRecord>? isEnough = null)
    {
        // A tenant without runs has none under way.
        var (active, marker) = newest is null ? default : await ReadActiveAsync(run.Tenant, newest, ct);
        for (var tries = new WriteTries(Containers.State, ActiveName(run.Tenant)); ; await tries.NextAsync(ct))
        {
            if (active is { IsFinal: false } && !await IsSilentAsync(active, ct))
            {
                return (active, false);
            }

            if (active is not null && active.Run != newest?.Run && isEnough?.Invoke(active) == true)
            {
                return (active, false);
            }

            var highest = marker is null && newest is null ? await HighestDeliveredAsync(run.Tenant, ct) : Math.Max(marker?.Active.Number ?? 0, newest?.Number ?? 0);
            var begun = run with { Number = highest + 1 };
            if (active is { IsFinal: false })
            {
                await GiveUpAsync(active, Unheard($"{Silence.TotalHours:0}", run.Run), ct);
            }
            else if (await TryMarkAsync(run.Tenant, new ActiveRun(begun.Run, begun.Number) { Begun = begun }, marker?.Tag, ct))
            {
                await TrySaveNewAsync(begun, ct);
                await TellAsync(null, begun);
                return (begun, true);
            }

            (active, marker) = await ReadActiveAsync(run.Tenant, known: null, ct);
        }
    }

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

    /// <summary>Takes a run that is over up again, under a new number; as it is when it is under way, null when a later one has begun.</summary>
    public async Task<RunRecord?> ReopenAsync(string tenant, string run, Func<RunRecord, RunRecord> change, CancellationToken ct)
    {
        for (var tries = new WriteTries(Containers.State, ActiveName(tenant)); ; await tries.NextAsync(ct))
        {
            var (active, marker) = await ReadActiveAsync(tenant, known: null, ct);
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

    /// <summary>Two who take a run up at the same moment both mark it: the record follows the higher number, or it would count as overtaken by itself.</summary>
    private static RunRecord Numbered(RunRecord run, int number) => run.Number < number ? run with { Number = number } : run;

    /// <summary>Which run of the tenant has the highest number; null when none ever began.</summary>
    public async Task<ActiveRun?> FindActiveAsync(string tenant, CancellationToken ct) => (await ReadMarkerAsync(tenant, ct))?.Active;

    /// <summary>
    /// Writes a run that never begins, so that the refusal is seen where runs are looked for: as the newest, or beside the one that is under way and not
    /// in its place.
    /// </summary>
    public async Task<RunRecord> SaveRefusedAsync(RunRecord run, CancellationToken ct)
    {
        try
        {
            var (begun, isNew) = await BeginAsync(run, newest: null, ct);
            if (isNew)
            {
                return begun;
            }

            run = run with { Number = begun.Number };
        }
        catch (BlobTroubleException e) when (e.IsLasting)
        {
            // What is damaged is what it tells of, and no reason to keep silent.
            run = run with { Number = await ListNumbersAsync(run.Tenant, ct) is [var newest, ..] ? newest.Number : 0 };
        }

        await SaveAsync(run, ct);
        return run;
    }

    public async Task SaveAsync(RunRecord run, CancellationToken ct)
    {
        await blobs.WriteAsync(Containers.Runs, Name(run.Tenant, run.Run), discretion.Tell(run.Tenant, run), ct, Metadata(run));
        await TellAsync(null, run);
    }

    public Task GiveUpAsync(RunRecord run, string reason, CancellationToken ct) =>
        UpdateAsync(run.Tenant, run.Run, record => record.End(RunState.Failed, reason, time.GetUtcNow()), ct);

    /// <summary>Changes the record as it is now: two feeds of a run end at the same time.</summary>
    public async Task<RunRecord> UpdateAsync(string tenant, string run, Func<RunRecord, RunRecord> change, CancellationToken ct)
    {
        var current = _seen.TryGetValue(tenant, out var seen) && seen.Record.Run == run ? seen : null;
        for (var tries = new WriteTries(Containers.Runs, Name(tenant, run)); ; await tries.NextAsync(ct))
        {
            current ??= await ReadAsync(tenant, run, ct) ?? throw new InvalidOperationException($"There is no run {run} of tenant {tenant}.");
            var changed = change(current.Record);
            if (ReferenceEquals(current.Record, changed))
            {
                return changed;
            }

            if (await blobs.TryReplaceAsync(Containers.Runs, Name(tenant, run), discretion.Tell(tenant, changed), current.Tag, ct, Metadata(changed)) is { } tag)
            {
                See(new SeenRun(changed, tag));
                await TellAsync(current.Record, changed);
                return changed;
            }

            current = null;
        }
    }

    private async Task TellAsync(RunRecord? before, RunRecord run)
    {
        foreach (var observer in observers)
        {
            await observer.ChangedAsync(before, run);
        }
    }

    private async Task<SeenRun?> ReadAsync(string tenant, string run, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Runs, Name(tenant, run), ct) is { } blob ? See(new SeenRun(Parse(tenant, run, blob.Content), blob.Tag)) : null;

    private SeenRun See(SeenRun run)
    {
        if (!run.Record.IsFinal)
        {
            _seen[run.Record.Tenant] = run;
        }
        else if (_seen.TryGetValue(run.Record.Tenant, out var seen) && seen.Record.Run == run.Record.Run)
        {
            _seen.TryRemove(KeyValuePair.Create(run.Record.Tenant, seen));
        }

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

    private static Dictionary<string, string> Metadata(RunRecord run) => new() { [NumberKey] = run.Number.ToString(CultureInfo.InvariantCulture) };

    private static RunRecord Parse(string tenant, string run, byte[] json) => StoredJson.Parse<RunRecord>(
        Containers.Runs, Name(tenant, run), json, "Put it back from a backup, or delete it, and run again: what was delivered stands in the receipts.");

    private static string Name(string tenant, string run) => $"{tenant}/{run}.json";

    private static string ActiveName(string tenant) => $"{tenant}/active.json";

    private sealed record Marker(ActiveRun Active, ETag Tag);

    private sealed record SeenRun(RunRecord Record, ETag Tag);
}
