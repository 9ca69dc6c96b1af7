using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Retention;

/// <summary>
/// Deletes what a tenant no longer needs when its time is over: snapshots first, since they hold everybody in clear, then rosters and the
/// files of feeds. Run records, plans and receipts stay, and so does what the next night needs (docs/data-protection.md).
/// </summary>
public sealed class Retaining(BlobStorage blobs, BlobsInUse inUse, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>What goes, by container and name, in the order in which it goes.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string tenant, PrivacySettings privacy, CancellationToken ct)
    {
        var kept = await inUse.FindAsync(tenant, ct);
        var keptRuns = await inUse.FindRunsAsync(tenant, ct);
        var due = new List<string>();
        await foreach (var blob in OldAsync(Containers.Snapshots, tenant, privacy.SnapshotRetentionDays, ct))
        {
            due.Add(blob);
        }

        foreach (var container in new[] { Containers.Rosters, Containers.Feeds })
        {
            await foreach (var blob in OldAsync(container, tenant, privacy.RosterRetentionDays, ct))
            {
                if (!IsRecord(blob) && !kept.ContainsKey(blob) && !keptRuns.Contains(blob.Split('/')[2]))
                {
                    due.Add(blob);
                }
            }
        }

        await foreach (var blob in blobs.ListAsync(Containers.State, $"{tenant}/", ct))
        {
            if (IsOldState(blob, privacy.RosterRetentionDays) && !kept.ContainsKey($"{Containers.State}/{blob.Name}"))
            {
                due.Add($"{Containers.State}/{blob.Name}");
            }
        }

        // Without its manifest a snapshot counts as incomplete: nobody reads the rest while it goes.
        return [.. due.OrderByDescending(IsManifest)];
    }

    public async Task DeleteAsync(IReadOnlyList<string> due, CancellationToken ct)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        foreach (var part in due.GroupBy(IsManifest))
        {
            await Parallel.ForEachAsync(part, parallel, async (blob, stop) =>
            {
                var (container, name) = Split(blob);
                await blobs.DeleteAsync(container, name, stop);
            });
        }
    }

    public async Task ApplyAsync(string tenant, PrivacySettings privacy, CancellationToken ct) =>
        await DeleteAsync(await FindAsync(tenant, privacy, ct), ct);

    /// <summary>What proves what was done; it names nobody but by id, and is sealed.</summary>
    internal static bool IsRecord(string blob) =>
        blob.EndsWith("/plan.json", StringComparison.Ordinal) || blob.EndsWith($"/{ReceiptStore.FileName}", StringComparison.Ordinal);

    internal static (string Container, string Name) Split(string blob) => blob.Split('/', 2) is [var container, var name] ? (container, name) : ("", blob);

    private async IAsyncEnumerable<string> OldAsync(
        string container, string tenant, int days, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var keptSince = RunId.Of(time.GetUtcNow().AddDays(-days));
        foreach (var run in (await blobs.FoldersAsync(container, $"{tenant}/", ct)).Where(run => string.CompareOrdinal(run, keptSince) < 0))
        {
            await foreach (var blob in blobs.ListAsync(container, $"{tenant}/{run}/", ct))
            {
                yield return $"{container}/{blob.Name}";
            }
        }
    }

    /// <summary>Messages that failed for good, and files of runs that stayed here for later nights.</summary>
    private bool IsOldState(BlobEntry blob, int days) =>
        time.GetUtcNow() - blob.Modified > TimeSpan.FromDays(days)
        && blob.Name.Split('/') is [_, "poison", _] or [_, "feeds", _, _, _];

    private static bool IsManifest(string blob) => blob.StartsWith($"{Containers.Snapshots}/", StringComparison.Ordinal) && blob.EndsWith("/manifest.json", StringComparison.Ordinal);
}
