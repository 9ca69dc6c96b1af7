using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Keeps the run records, and which run of a tenant is under way: one at a time.</summary>
public sealed class RunStore(BlobStorage blobs, Discretion discretion, TimeProvider time, params IEnumerable<IRunObserver> observers)
{
    /// <summary>A run nothing was heard of for so long is dead: a working one writes its record at every stage and slice.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromHours(2);

    /// <summary>By tenant the run that was seen last: a change begins with that, and reads only when somebody else has made another.</summary>
    private readonly ConcurrentDictionary<string, SeenRun> _seen = new(StringComparer.Ordinal);

    public async Task<RunRecord?> FindAsync(string tenant, string run, CancellationToken ct) => (await ReadAsync(tenant, run, ct))?.Record;

    /// <summary>The run as people are to see it: one whose record cannot be read stands there as failed, with the blob's name and what to do.</summary>
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

    /// <summary>Names of a tenant's runs, newest first.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string tenant, CancellationToken ct)
    {
        var runs = new List<string>();
        await foreach (var blob in blobs.ListAsync(Containers.Runs, $"{tenant}/", ct))
        {
            runs.Add(Path.GetFileNameWithoutExtension(blob.Name));
        }

        runs.Reverse();
        return runs;
    }

    public async Task<string?> FindNewestAsync(string tenant, CancellationToken ct) =>
        await ListAsync(tenant, ct) is [var newest, ..] ? newest : null;

    /// <summary>
    /// Begins the run, or returns the one that is already under way. What was silent for too long is given up and gives way.
    /// </summary>
    /// <param name="newest">The tenant's newest run as it was read a moment ago, mostly the one that is or was under way; null when none is known.</param>
    public async Task<(RunRecord Run, bool IsNew)> BeginAsync(RunRecord run, RunRecord? newest, CancellationToken ct)
    {
        // A tenant without runs has none under way.
        var (active, tag) = newest is null ? default : await ReadActiveAsync(run.Tenant, newest, ct);
        while (true)
        {
            if (active is { IsFinal: false } && !await IsSilentAsync(active, ct))
            {
                return (active, false);
            }

            if (active is { IsFinal: false })
            {
                await GiveUpAsync(active, $"Nothing was heard of this run for {Silence.TotalHours:0} hours; run {run.Run} took its place.", ct);
            }
            else if (await TryMarkAsync(run, tag, ct))
            {
                await SaveAsync(run, ct);
                return (run, true);
            }

            (active, tag) = await ReadActiveAsync(run.Tenant, known: null, ct);
        }
    }

    /// <summary>Writes a run that never begins, so that the refusal is seen where runs are looked for.</summary>
    public async Task SaveAsync(RunRecord run, CancellationToken ct)
    {
        await blobs.WriteAsync(Containers.Runs, Name(run.Tenant, run.Run), discretion.Tell(run.Tenant, run), ct);
        await TellAsync(null, run);
    }

    public Task GiveUpAsync(RunRecord run, string reason, CancellationToken ct) =>
        UpdateAsync(run.Tenant, run.Run, record => record.End(RunState.Failed, reason, time.GetUtcNow()), ct);

    /// <summary>Changes the record as it is now: two feeds of a run end at the same time.</summary>
    public async Task<RunRecord> UpdateAsync(string tenant, string run, Func<RunRecord, RunRecord> change, CancellationToken ct)
    {
        var current = _seen.TryGetValue(tenant, out var seen) && seen.Record.Run == run ? seen : null;
        while (true)
        {
            current ??= await ReadAsync(tenant, run, ct) ?? throw new InvalidOperationException($"There is no run {run} of tenant {tenant}.");
            var changed = change(current.Record);
            if (ReferenceEquals(current.Record, changed))
            {
                return changed;
            }

            if (await blobs.TryReplaceAsync(Containers.Runs, Name(tenant, run), discretion.Tell(tenant, changed), current.Tag, ct) is { } tag)
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

    private Task<bool> TryMarkAsync(RunRecord run, ETag? tag, CancellationToken ct) => blobs.TryWriteAsync(
        Containers.State, ActiveName(run.Tenant), JsonSerializer.SerializeToUtf8Bytes(new ActiveRun(run.Run), Serialization.Compact), tag, ct);

    private async Task<(RunRecord? Run, ETag? Tag)> ReadActiveAsync(string tenant, RunRecord? known, CancellationToken ct)
    {
        if (await blobs.ReadAsync(Containers.State, ActiveName(tenant), ct) is not { } blob)
        {
            return (null, null);
        }

        var marker = StoredJson.Parse<ActiveRun>(
            Containers.State, ActiveName(tenant), blob.Content, "See that no run of the tenant is under way, delete the blob, and run again.");
        return (known?.Run == marker.Run ? known : await FindAsync(tenant, marker.Run, ct), blob.Tag);
    }

    private async Task<bool> IsSilentAsync(RunRecord run, CancellationToken ct)
    {
        await foreach (var blob in blobs.ListAsync(Containers.Runs, Name(run.Tenant, run.Run), ct))
        {
            return time.GetUtcNow() - blob.Modified > Silence;
        }

        return true;
    }

    private static RunRecord Parse(string tenant, string run, byte[] json) => StoredJson.Parse<RunRecord>(
        Containers.Runs, Name(tenant, run), json, "Put it back from a backup, or delete it, and run again: what was delivered stands in the receipts.");

    private static string Name(string tenant, string run) => $"{tenant}/{run}.json";

    private static string ActiveName(string tenant) => $"{tenant}/active.json";

    private sealed record ActiveRun(string Run);

    private sealed record SeenRun(RunRecord Record, ETag Tag);
}
