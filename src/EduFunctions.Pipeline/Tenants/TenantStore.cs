using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>A tenant with the SHA-256 of the file it was read from.</summary>
/// <param name="Text">The file it was read from.</param>
/// <param name="Problem">What is wrong with the file of now, when this is the last good one in its place, or with secrets of single feeds; null when nothing is.</param>
public sealed record StoredTenant(Tenant Tenant, string Configuration, ReadOnlyMemory<byte> Text, string? Problem = null)
{
    /// <summary>SHA-256 of what the file says of the source; of secrets the names are in it.</summary>
    public string SourceHash
    {
        get
        {
            var options = new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
            using var file = JsonDocument.Parse(TenantText.Of(Text.ToArray()).Json, options);
            return Hash.Of(file.RootElement.GetProperty("source").GetRawText());
        }
    }
}

/// <summary>A tenant as whoever looks at it is told of it.</summary>
/// <param name="Problem">What is wrong with the file of now, or which secrets this host lacks; null when nothing is.</param>
/// <param name="MissingSecrets">Names of secrets that this host lacks, where nothing else is wrong.</param>
public sealed record ShownTenant(Tenant Tenant, string? Problem, IReadOnlyList<string> MissingSecrets);

/// <summary>
/// The tenant files in the container <c>tenants</c>. The text that was read well last is kept (<c>state/{tenant}/tenant.json</c>): a file that is refused
/// never takes its place.
/// </summary>
public sealed class TenantStore(BlobStorage blobs, TenantReader reader)
{
    /// <summary>By tenant the hash of what is kept, as far as this process knows.</summary>
    private readonly ConcurrentDictionary<string, string> _kept = new(StringComparer.Ordinal);

    private const string Ending = ".json";

    /// <summary>Names of all tenants, in order. What is called otherwise than a tenant file is none.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(CancellationToken ct)
    {
        var tenants = new List<string>();
        await foreach (var blob in blobs.ListAsync(Containers.Tenants, "", ct))
        {
            if (blob.Name.EndsWith(Ending, StringComparison.Ordinal) && blob.Name[..^Ending.Length] is var tenant && Regex.IsMatch(tenant, Tenant.NamePattern))
            {
                tenants.Add(tenant);
            }
        }

        return tenants;
    }

    /// <summary>By id, what the tenants are called; without those whose file says neither.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(CancellationToken ct)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tenant in await ListAsync(ct))
        {
            if (await blobs.ReadAsync(Containers.Tenants, Name(tenant), ct) is { } file && FindName(file.Content) is var (_, name))
            {
                names[tenant] = name;
            }
        }

        return names;
    }

    /// <summary>Whom a tenant file is of, and what that is called; null when it does not say both.</summary>
    public static (string Id, string Name)? FindName(byte[] file)
    {
        var (json, _) = TenantText.Of(file);
        return TenantText.FindId(json) is { } id && TenantText.FindName(json) is { } name ? (id, name) : null;
    }

    public async Task<bool> ExistsAsync(string tenant, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Tenants, Name(tenant), ct) is not null;

    /// <summary>Whether the tenant has a file, and it is another one.</summary>
    public async Task<bool> IsOtherAsync(string tenant, byte[] json, CancellationToken ct) =>
        await blobs.ReadAsync(Containers.Tenants, Name(tenant), ct) is { } before && !before.Content.AsSpan().SequenceEqual(json);

    /// <summary>Puts a file into place as it is; whether it is good is seen when it is read.</summary>
    public async Task PublishAsync(string tenant, byte[] json, CancellationToken ct)
    {
        // What is there may be good and never have been read yet.
        if (await blobs.ReadAsync(Containers.Tenants, Name(tenant), ct) is { } before && !before.Content.AsSpan().SequenceEqual(json))
        {
            await TryReadAsync(tenant, before.Content, ct);
        }

        await blobs.WriteAsync(Containers.Tenants, Name(tenant), json, ct);
    }

    /// <summary>
    /// The tenant by its file, or, where that is refused, by the last good one. A file is not wrong that names a secret which this host lacks: an earlier one
    /// says less of what is wanted.
    /// </summary>
    /// <exception cref="TenantRefusedException">A secret is missing; or the file is not as it should be, and there is no earlier one that still is.</exception>
    public async Task<StoredTenant> ReadAsync(string tenant, CancellationToken ct)
    {
        var (stored, errors) = await TryReadAsync(tenant, await FileOfAsync(tenant, ct), ct);
        return stored ?? (LackSecretsAlone(errors) ? null : await FindLastGoodAsync(tenant, errors, ct)) ?? throw new TenantRefusedException(tenant, errors);
    }

    private static bool LackSecretsAlone(IReadOnlyList<ConfigurationError> errors) => errors.All(error => error.MissingSecret is not null);

    /// <summary>The same for whoever looks at the tenant: a file is not wrong that names secrets which other hosts have and this one lacks.</summary>
    /// <exception cref="TenantRefusedException">The file is not as it should be, and there is no earlier one that still is.</exception>
    [Told]
    public async Task<ShownTenant> ShowAsync(string tenant, CancellationToken ct)
    {
        var file = await FileOfAsync(tenant, ct);
        var (stored, errors) = await TryReadAsync(tenant, file, ct);
        if (stored is null && LackSecretsAlone(errors) && (await reader.ReadSettingsAsync(file, ct)).Tenant is { } settings)
        {
            var missing = errors.Select(error => error.MissingSecret!).Distinct().ToList();
            return new ShownTenant(settings, $"A secret is missing on this host: {string.Join(", ", missing)}. The tenant file is not wrong, but this host cannot run it.", missing);
        }

        stored ??= await FindLastGoodAsync(tenant, errors, ct) ?? throw new TenantRefusedException(tenant, errors);
        return new ShownTenant(stored.Tenant, stored.Problem, []);
    }

    private async Task<byte[]> FileOfAsync(string tenant, CancellationToken ct) =>
        (await blobs.ReadAsync(Containers.Tenants, Name(tenant), ct))?.Content
            ?? throw new TenantRefusedException(tenant, [new ConfigurationError("$", 1, "there is no tenant file")]);

    /// <summary>What the tenant's file says, without its secrets: for whoever looks at what is stored, calls nobody, and may not be trusted with them.</summary>
    /// <exception cref="TenantRefusedException">The file is not as it should be, and there is no earlier one that is.</exception>
    public async Task<Tenant> ReadSettingsAsync(string tenant, CancellationToken ct)
    {
        foreach (var (container, name) in new[] { (Containers.Tenants, Name(tenant)), (Containers.State, KeptName(tenant)) })
        {
            if (await blobs.ReadAsync(container, name, ct) is { } blob
                && await reader.ReadSettingsAsync(blob.Content, ct) is { Tenant: { } settings }
                && settings.Id == tenant)
            {
                return settings;
            }
        }

        return (await ReadAsync(tenant, ct)).Tenant;
    }

    private async Task<StoredTenant?> FindLastGoodAsync(string tenant, IReadOnlyList<ConfigurationError> errors, CancellationToken ct)
    {
        var problem = $"{new TenantRefusedException(tenant, errors).Message}. Until it is corrected, the last good file is used.";
        return await blobs.ReadAsync(Containers.State, KeptName(tenant), ct) is { Content: var kept }
            && await reader.ReadAsync(kept, ct) is { Tenant: { } good }
            && good.Id == tenant
                ? new StoredTenant(good, HashOf(kept), kept, problem)
                : null;
    }

    private async Task<(StoredTenant? Tenant, IReadOnlyList<ConfigurationError> Errors)> TryReadAsync(string tenant, byte[] content, CancellationToken ct)
    {
        var reading = await reader.ReadAsync(content, ct);
        if (reading.Id is { } id && id != tenant)
        {
            return (null, [.. reading.Errors, new ConfigurationError("$.id", 1, $"must be \"{tenant}\" as the file's name, not \"{id}\"")]);
        }

        if (reading.Tenant is null)
        {
            return (null, reading.Errors);
        }

        var stored = new StoredTenant(reading.Tenant, HashOf(content), content, reading.Errors.Count == 0 ? null : Unusable(tenant, reading.Errors));
        await KeepAsync(tenant, stored.Configuration, content, ct);
        return (stored, []);
    }

    [Told]
    private static string Unusable(string tenant, IEnumerable<ConfigurationError> errors) =>
        $"A secret of tenant {tenant} cannot be used: {string.Join("; ", errors)}. Its feed waits for that; the tenant's other feeds go on.";

    private async Task KeepAsync(string tenant, string hash, byte[] content, CancellationToken ct)
    {
        if (_kept.GetValueOrDefault(tenant) != hash)
        {
            await blobs.WriteAsync(Containers.State, KeptName(tenant), content, ct);
            _kept[tenant] = hash;
        }
    }

    private static string HashOf(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static string Name(string tenant) => $"{tenant}.json";

    private static string KeptName(string tenant) => $"{tenant}/tenant.json";
}
