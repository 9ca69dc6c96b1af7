namespace EduFunctions.Pipeline.Http;

/// <summary>What a caller's roles come to: <c>reader</c> and <c>operator</c> count for every tenant, <c>reader:nordhamn</c> for that one alone.</summary>
public sealed class Grants(IEnumerable<string> roles)
{
    private const char OfTenant = ':';

    /// <summary>The role of those for whom also protected persons are found; beside that they may what a reader may.</summary>
    private const string Protection = "protection";

    private readonly IReadOnlyList<(ApiRole Role, string? Tenant)> _all = [.. roles.Select(Parse)];
    private readonly IReadOnlyList<(ApiRole Role, string? Tenant)> _protection = [.. roles.Where(role => IsProtection(role.Split(OfTenant)[0])).Select(Parse)];

    public static Grants None { get; } = new([]);

    public static Grants All { get; } = new([nameof(ApiRole.Operator)]);

    /// <summary>For what concerns no tenant, or every one.</summary>
    public ApiRole Everywhere => Highest(_all.Where(grant => grant.Tenant is null));

    /// <summary>For what is answered tenant by tenant, to each caller those that he may see.</summary>
    public ApiRole Anywhere => Highest(_all);

    public ApiRole At(string tenant) => Highest(_all.Where(grant => grant.Tenant is null || grant.Tenant == tenant));

    public bool MayFindProtected(string tenant) => _protection.Any(grant => grant.Role == ApiRole.Reader && (grant.Tenant is null || grant.Tenant == tenant));

    private static bool IsProtection(string name) => name.Equals(Protection, StringComparison.OrdinalIgnoreCase);

    private static ApiRole Highest(IEnumerable<(ApiRole Role, string? Tenant)> grants) => grants.Select(grant => grant.Role).DefaultIfEmpty().Max();

    private static (ApiRole Role, string? Tenant) Parse(string role) => role.Split(OfTenant) is [var name, var tenant] ? (Named(name), tenant) : (Named(role), null);

    /// <summary>A role by its name, nothing else: neither a number nor several names in one.</summary>
    private static ApiRole Named(string name) => IsProtection(name) ? ApiRole.Reader
        : Enum.GetValues<ApiRole>().FirstOrDefault(known => known.ToString().Equals(name, StringComparison.OrdinalIgnoreCase));
}
