namespace EduFunctions.Pipeline.Http;

/// <summary>What a caller's roles come to: <c>reader</c> and <c>operator</c> count for every tenant, <c>reader:nordhamn</c> for that one alone.</summary>
public sealed class Grants(IEnumerable<string> roles)
{
    private const char OfTenant = ':';

    private readonly IReadOnlyList<(ApiRole Role, string? Tenant)> _all = [.. roles.Select(Parse)];

    public static Grants None { get; } = new([]);

    public static Grants All { get; } = new([nameof(ApiRole.Operator)]);

    /// <summary>For what concerns no tenant, or every one.</summary>
    public ApiRole Everywhere => Highest(_all.Where(grant => grant.Tenant is null));

    /// <summary>For what is answered tenant by tenant, to each caller those that he may see.</summary>
    public ApiRole Anywhere => Highest(_all);

    public ApiRole At(string tenant) => Highest(_all.Where(grant => grant.Tenant is null || grant.Tenant == tenant));

    private static ApiRole Highest(IEnumerable<(ApiRole Role, string? Tenant)> grants) => grants.Select(grant => grant.Role).DefaultIfEmpty().Max();

    private static (ApiRole Role, string? Tenant) Parse(string role) => role.Split(OfTenant) is [var name, var tenant] ? (Named(name), tenant) : (Named(role), null);

    /// <summary>A role by its name, nothing else: neither a number nor several names in one.</summary>
    private static ApiRole Named(string name) => Enum.GetValues<ApiRole>().FirstOrDefault(known => known.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
}
