using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Snapshots;

/// <summary>Deletes a tenant's snapshots when their time is over: they hold everybody in clear, also who is protected by now.</summary>
public sealed class SnapshotRetention(BlobStorage blobs, TimeProvider time)
{
    private const int AtOnce = 8;

    public async Task ApplyAsync(string tenant, int days, CancellationToken ct)
    {
        var keptSince = RunId.Of(time.GetUtcNow().AddDays(-days));
        foreach (var run in await blobs.FoldersAsync(Containers.Snapshots, $"{tenant}/", ct))
        {
            if (string.CompareOrdinal(run, keptSince) < 0)
            {
                await DeleteAsync(tenant, run, ct);
            }
        }
    }

    private async Task DeleteAsync(string tenant, string run, CancellationToken ct)
    {
        // Without its manifest a snapshot counts as incomplete: nobody reads the rest while it goes.
        await blobs.DeleteAsync(Containers.Snapshots, SnapshotPath.Manifest(tenant, run), ct);
        var pages = blobs.ListAsync(Containers.Snapshots, SnapshotPath.Folder(tenant, run), ct);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(pages, parallel, async (page, stop) => await blobs.DeleteAsync(Containers.Snapshots, page.Name, stop));
    }
}
