using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Runs that have left a roster or a pull. Records of runs are never deleted: where one has none, it was lost, with whatever else its night had written.</summary>
public sealed class LeftRuns(BlobStorage blobs)
{
    public async Task<IReadOnlySet<string>> FindAsync(string tenant, CancellationToken ct)
    {
        string[] folders = [.. await blobs.FoldersAsync(Containers.Rosters, $"{tenant}/", ct), .. await blobs.FoldersAsync(Containers.Snapshots, $"{tenant}/", ct)];
        return folders.Where(RunId.IsValid).ToHashSet(StringComparer.Ordinal);
    }
}
