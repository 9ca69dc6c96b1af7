using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Deliveries;

/// <summary>
/// Which tenant of this storage has delivered to a target last (<c>state/_targets/</c>), so that nobody's first delivery goes over what another tenant has
/// there. Asked for and written only when a target is new to a feed. What answers on this machine itself is another place on the next one, so nobody's.
/// </summary>
public sealed class TargetClaims(BlobStorage blobs)
{
    /// <summary>No tenant can have this name.</summary>
    private const string Folder = "_targets";

    /// <summary>Another tenant that has the target on record; null when none has.</summary>
    public async Task<string?> FindOtherAsync(string tenant, TargetKey target, CancellationToken ct) =>
        target.IsLoopback ? null : (await TenantsAsync(target, ct)).FirstOrDefault(other => other != tenant);

    /// <summary>The target is this tenant's from now on, and no other's.</summary>
    public async Task ClaimAsync(string tenant, string address, CancellationToken ct)
    {
        var target = TargetKey.Of(address);
        if (target.IsLoopback)
        {
            return;
        }

        await blobs.WriteAsync(Containers.State, Name(target, tenant), Encoding.UTF8.GetBytes(address), ct);
        foreach (var other in (await TenantsAsync(target, ct)).Where(other => other != tenant))
        {
            await blobs.DeleteAsync(Containers.State, Name(target, other), ct);
        }
    }

    private async Task<IReadOnlyList<string>> TenantsAsync(TargetKey target, CancellationToken ct)
    {
        var tenants = new List<string>();
        await foreach (var blob in blobs.ListAsync(Containers.State, Name(target, ""), ct))
        {
            tenants.Add(blob.Name[Name(target, "").Length..]);
        }

        return tenants;
    }

    private static string Name(TargetKey target, string tenant) => $"{Folder}/{target.Hash}/{tenant}";
}
