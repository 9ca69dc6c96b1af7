using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>
/// Whom the newest run of which anything is kept took for protected. A dry run remembers nothing, and where the memory was lost together with all that says that
/// there was one, only this is left.
/// </summary>
internal static class NewestSight
{
    /// <returns>Nobody before the first run; null where nothing that was kept can be read.</returns>
    public static async Task<IReadOnlyList<EntityId>?> FindAsync(BlobStorage blobs, string tenant, CancellationToken ct)
    {
        var runs = await RunsAsync(blobs, tenant, ct);
        foreach (var path in runs.SelectMany(run => new[] { RosterPath.Roster(tenant, run), RosterPath.Leaving(tenant, run) }))
        {
            if (await ProtectedTable.FindAsync(blobs, path, ct) is { } found)
            {
                return found;
            }
        }

        return runs.Count == 0 ? [] : null;
    }

    /// <summary>The same as values by which they would be recognised.</summary>
    public static async Task<ProtectedValues?> FindValuesAsync(BlobStorage blobs, string tenant, CancellationToken ct)
    {
        var runs = await RunsAsync(blobs, tenant, ct);
        foreach (var run in runs)
        {
            if (await ReadAsync(blobs, tenant, run, ct) is { } values)
            {
                return values;
            }
        }

        return runs.Count == 0 ? ProtectedValues.None : null;
    }

    /// <summary>By what the protected of a run would be recognised; null where that is not on record.</summary>
    public static async Task<ProtectedValues?> ReadAsync(BlobStorage blobs, string tenant, string run, CancellationToken ct)
    {
        try
        {
            await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(tenant, run), ct);
            return stored is null ? null : await ProtectedValuesFile.ReadAsync(stored, ct);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<string>> RunsAsync(BlobStorage blobs, string tenant, CancellationToken ct) =>
        [.. (await blobs.FoldersAsync(Containers.Rosters, $"{tenant}/", ct)).OrderDescending(StringComparer.Ordinal)];
}
