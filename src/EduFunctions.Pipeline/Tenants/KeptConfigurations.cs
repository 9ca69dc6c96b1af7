using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>
/// The tenant files that runs began with (<c>state/{tenant}/configurations/{sha256}.json</c>), each once: what a run decided can be decided again. They
/// name secrets and nobody.
/// </summary>
public sealed class KeptConfigurations(BlobStorage blobs, TenantStore tenants, TenantReader reader)
{
    public Task KeepAsync(StoredTenant stored, CancellationToken ct) =>
        blobs.WriteAsync(Containers.State, Name(stored.Tenant.Id, stored.Configuration), stored.Text, ct);

    /// <summary>The tenant as a run began with it; as it is now where that was not kept, as before there were kept ones.</summary>
    /// <exception cref="TenantRefusedException">Neither can be used.</exception>
    public async Task<Tenant> FindAsync(string tenant, string configuration, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.State, Name(tenant, configuration), ct) is { } kept
        && HashOf(kept.Content) == configuration
        && (await reader.ReadAsync(kept.Content, ct)).Tenant is { } then
            ? then
            : (await tenants.ReadAsync(tenant, ct)).Tenant;

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Name(string tenant, string configuration) => $"{tenant}/configurations/{configuration}.json";
}
