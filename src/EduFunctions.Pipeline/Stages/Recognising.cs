using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>By what the protected persons of a run would be recognised.</summary>
public sealed class Recognising(BlobStorage blobs, TenantStore tenants, Deciding deciding, Discretion discretion)
{
    /// <summary>From now on nothing that is told names them.</summary>
    /// <exception cref="RunHeldException">It is not on record.</exception>
    [Told]
    public async Task<ProtectedValues> LearnAsync(string tenant, string run, CancellationToken ct)
    {
        if (discretion.Find(tenant, run) is { } known)
        {
            return known;
        }

        var values = await ReadAsync(tenant, run, ct)
            ?? throw new RunHeldException($"What run {run} must keep back is not on record, so its feeds cannot be scanned. Repeat the run.");
        discretion.Learn(tenant, run, values);
        return values;
    }

    /// <summary>The same without a word to anybody; null when it is not on record.</summary>
    internal async Task<ProtectedValues?> FindAsync(string tenant, string run, CancellationToken ct) =>
        discretion.Find(tenant, run) ?? await ReadAsync(tenant, run, ct);

    private async Task<ProtectedValues?> ReadAsync(string tenant, string run, CancellationToken ct)
    {
        try
        {
            await using var stored = await blobs.OpenAsync(Containers.Rosters, RosterPath.Protected(tenant, run), ct);
            return stored is null ? null : await ProtectedValuesFile.ReadAsync(stored, ct);
        }
        catch (Exception e) when (RosterStore.IsUnreadable(e))
        {
            // An earlier release hashed in another way: the pull says it again.
            if (await Snapshot.FindAsync(blobs, tenant, run, ct) is not { } snapshot)
            {
                return null;
            }

            var owner = (await tenants.ReadAsync(tenant, ct)).Tenant;
            return await deciding.RememberAsync(snapshot, Occasion.WithoutEffect(owner, run, owner.DateAt(snapshot.Manifest.Started), isKept: false), ct);
        }
    }
}
