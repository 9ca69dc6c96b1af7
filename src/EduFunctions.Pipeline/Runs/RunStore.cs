using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Keeps the run records, and which run of a tenant is under way: one at a time.</summary>
public sealed partial class RunStore(BlobStorage blobs, Discretion discretion, TimeProvider time, params IEnumerable<IRunObserver> observers)
{
    private const string NumberKey = "number";
    private const string FormerKey = "former";

    /// <summary>By tenant the run that was seen last: a change begins with that, and reads only when somebody else has made another.</summary>
    private readonly ConcurrentDictionary<string, SeenRun> _seen = new(StringComparer.Ordinal);

    public async Task<RunRecord?> FindAsync(string tenant, string run, CancellationToken ct) => (await ReadAsync(tenant, run, ct))?.Record;

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

    /// <summary>
    /// Names of the runs whose numbers lie between two, newest first, and whether there is one of each number, or was one that has been taken up again since.
    /// Where there can be none nothing is asked.
    /// </summary>
    public async Task<(IReadOnlyList<string> Runs, bool IsWhole)> ListBetweenAsync(string tenant, int after, int before, CancellationToken ct)
    {
        var all = before - after <= 1 ? [] : await ListNumbersAsync(tenant, ct);
        var numbers = all.SelectMany(run => run.Former.Append(run.Number)).Where(IsBetween).Distinct().Count();
        return ([.. all.Where(run => IsBetween(run.Number)).Select(run => run.Run)], numbers >= before - after - 1);

        bool IsBetween(int number) => number > after && number < before;
    }

    private async Task<IReadOnlyList<(string Run, int Number, int[] Former)>> ListNumbersAsync(string tenant, CancellationToken ct)
    {
        var found = new List<(string Run, int Number, int[] Former)>();
        await foreach (var blob in blobs.ListAsync(Containers.Runs, $"{tenant}/", ct))
        {
            found.Add((Path.GetFileNameWithoutExtension(blob.Name), Numbers(NumberKey) is [var number] ? number : 0, Numbers(FormerKey)));

            int[] Numbers(string key) =>
                blob.Metadata.TryGetValue(key, out var known) ? [.. known.Split(' ').Select(each => int.Parse(each, CultureInfo.InvariantCulture))] : [];
        }

        return [.. found.OrderByDescending(run => run.Number).ThenByDescending(run => run.Run, StringComparer.Ordinal)];
    }

    public async Task<string?> FindNewestAsync(string tenant, CancellationToken ct) =>
        await ListAsync(tenant, ct) is [var newest, ..] ? newest : null;

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

    private static Dictionary<string, string> Metadata(RunRecord run)
    {
        var note = new Dictionary<string, string> { [NumberKey] = run.Number.ToString(CultureInfo.InvariantCulture) };
        if (run.FormerNumbers is { } former)
        {
            note[FormerKey] = string.Join(' ', former);
        }

        return note;
    }

    private static RunRecord Parse(string tenant, string run, byte[] json) => StoredJson.Parse<RunRecord>(
        Containers.Runs, Name(tenant, run), json, "Put it back from a backup, or delete it, and run again: what was delivered stands in the receipts.");

    private static string Name(string tenant, string run) => $"{tenant}/{run}.json";

    private sealed record SeenRun(RunRecord Record, ETag Tag);
}
