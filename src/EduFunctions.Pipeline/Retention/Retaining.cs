using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Retention;

/// <summary>
/// Deletes what a tenant no longer needs when its time is over: snapshots first, since they hold everybody in clear, then rosters and the
/// files of feeds. Run records, plans and receipts stay, and so does what the next night needs (docs/data-protection.md).
/// </summary>
public sealed class Retaining(BlobStorage blobs, BlobsInUse inUse, TimeProvider time)
{
    private const int AtOnce = 8;

    private static readonly string[] OfEvenDays = [Containers.Snapshots, Containers.Rosters];
    private static readonly string[] OfOddDays = [Containers.Feeds, Containers.State];
    private static readonly string[] All = [.. OfEvenDays, .. OfOddDays];

    /// <summary>What goes, by container and name, in the order in which it goes.</summary>
    public Task<IReadOnlyList<string>> FindAsync(string tenant, PrivacySettings privacy, CancellationToken ct) =>
        FindAsync(tenant, privacy, All, ct);

    private async Task<IReadOnlyList<string>> FindAsync(
        string tenant, PrivacySettings privacy, IReadOnlyList<string> containers, CancellationToken ct)
    {
        var due = containers.Contains(Containers.Snapshots) ? await OldSnapshotsAsync(tenant, privacy.SnapshotRetentionDays, ct) : [];
        var old = await OldFilesAsync(tenant, privacy.RosterRetentionDays, containers.Where(container => container != Containers.Snapshots), ct);
        if (old.Count > 0)
        {
            var kept = await inUse.FindAsync(tenant, ct);
            var keptRuns = await inUse.FindRunsAsync(tenant, ct);
            due.AddRange(old.Where(blob => !kept.ContainsKey(blob) && (IsState(blob) || !keptRuns.Contains(blob.Split('/')[2]))));
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

    /// <summary>
    /// A night's part of it. Lists are dear, so half of the containers have their turn on even days and half on odd ones: nothing stays more than a day
    /// longer for it. A night after a pause looks into all.
    /// </summary>
    /// <param name="previous">The run that did this last; null for none.</param>
    public async Task ApplyAsync(string tenant, PrivacySettings privacy, string run, string? previous, CancellationToken ct)
    {
        var today = RunId.DayOf(run).DayNumber;
        var isAfterPause = previous is not null && today - RunId.DayOf(previous).DayNumber > 1;
        var containers = isAfterPause ? All : today % 2 == 0 ? OfEvenDays : OfOddDays;
        await DeleteAsync(await FindAsync(tenant, privacy, containers, ct), ct);
    }

    /// <summary>What proves what was done; it names nobody but by id, and is sealed.</summary>
    internal static bool IsRecord(string blob) =>
        blob.EndsWith("/plan.json", StringComparison.Ordinal) || blob.EndsWith($"/{ReceiptStore.FileName}", StringComparison.Ordinal);

    internal static (string Container, string Name) Split(string blob) => blob.Split('/', 2) is [var container, var name] ? (container, name) : ("", blob);

    private async Task<List<string>> OldSnapshotsAsync(string tenant, int days, CancellationToken ct)
    {
        var keptSince = KeptSince(days);
        var old = new List<string>();
        foreach (var run in (await blobs.FoldersAsync(Containers.Snapshots, $"{tenant}/", ct)).Where(run => string.CompareOrdinal(run, keptSince) < 0))
        {
            await foreach (var blob in blobs.ListAsync(Containers.Snapshots, $"{tenant}/{run}/", ct))
            {
                old.Add($"{Containers.Snapshots}/{blob.Name}");
            }
        }

        return old;
    }

    /// <summary>Listed in one go: of runs that are long over only records are left, and to look into each every night would cost more by the year.</summary>
    private async Task<List<string>> OldFilesAsync(string tenant, int days, IEnumerable<string> containers, CancellationToken ct)
    {
        var keptSince = KeptSince(days);
        var old = new List<string>();
        foreach (var container in containers)
        {
            await foreach (var blob in blobs.ListAsync(container, $"{tenant}/", ct))
            {
                var name = $"{container}/{blob.Name}";
                if (IsState(name) ? IsOldState(blob, days) : !IsRecord(name) && string.CompareOrdinal(blob.Name.Split('/')[1], keptSince) < 0)
                {
                    old.Add(name);
                }
            }
        }

        return old;
    }

    private string KeptSince(int days) => RunId.Of(time.GetUtcNow().AddDays(-days));

    private static bool IsState(string blob) => blob.StartsWith($"{Containers.State}/", StringComparison.Ordinal);

    /// <summary>Messages that failed for good, files of runs that stayed here for later nights, and what is on record of a target that no feed goes to.</summary>
    private bool IsOldState(BlobEntry blob, int days) =>
        time.GetUtcNow() - blob.Modified > TimeSpan.FromDays(days)
        && blob.Name.Split('/') is [_, "poison", _] or [_, "feeds", _, _, _] or [_, "feeds", ['@', ..], _];

    private static bool IsManifest(string blob) => blob.StartsWith($"{Containers.Snapshots}/", StringComparison.Ordinal) && blob.EndsWith("/manifest.json", StringComparison.Ordinal);
}
