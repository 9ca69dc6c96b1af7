using System.Security.Cryptography;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>A tenant with the SHA-256 of the file it was read from.</summary>
public sealed record StoredTenant(Tenant Tenant, string Configuration);

/// <summary>The tenant files in the container <c>tenants</c>.</summary>
public sealed class TenantStore(BlobStorage blobs, TenantReader reader)
{
    /// <summary>Names of all tenants, in order.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken ct)
    {
        var tenants = new List<string>();
        await foreach (var blob in blobs.ListAsync(Containers.Tenants, "", ct))
        {
            tenants.Add(Path.GetFileNameWithoutExtension(blob.Name));
        }

        return tenants;
    }

    public async Task<bool> ExistsAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Tenants, Name(tenant), ct) is not null;

    /// <summary>Puts a file into place as it is; whether it is good is seen when it is read.</summary>
    public Task PublishAsync(string tenant, byte[] json, CancellationToken ct) =>
        blobs.WriteAsync(Containers.Tenants, Name(tenant), json, ct);

    /// <exception cref="TenantRefusedException">The file or a secret is not as it should be.</exception>
    public async Task<StoredTenant> ReadAsync(string tenant, CancellationToken ct)
    {
        var blob = await blobs.ReadAsync(Containers.Tenants, Name(tenant), ct)
            ?? throw new TenantRefusedException(tenant, [new ConfigurationError("$", 1, "there is no tenant file")]);
        var reading = await reader.ReadAsync(blob.Content, ct);
        var errors = reading.Id is { } id && id != tenant
            ? [.. reading.Errors, new ConfigurationError("$.id", 1, $"must be \"{tenant}\" as the file's name, not \"{id}\"")]
            : reading.Errors;
        return errors.Count == 0
            ? new StoredTenant(reading.Tenant!, Convert.ToHexStringLower(SHA256.HashData(blob.Content)))
            : throw new TenantRefusedException(tenant, errors);
    }

    private static string Name(string tenant) => $"{tenant}.json";
}
