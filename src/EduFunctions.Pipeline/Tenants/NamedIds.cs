using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>What a tenant file names of the register's own: schools and groups, by id or code.</summary>
internal static class NamedIds
{
    public static IEnumerable<(string Path, string Name)> Schools(Tenant tenant) =>
    [
        .. Listed("$.eligibility.selection.units", tenant.Eligibility.Selection?.Units),
        .. tenant.Feeds.Index().SelectMany(feed => Listed($"$.feeds[{feed.Index}].schools", feed.Item.Schools)
            .Concat(Keys($"$.feeds[{feed.Index}].rolesBySchool", feed.Item.RolesBySchool))),
        .. Keys("$.registrars.schools", tenant.Registrars?.Schools),
    ];

    public static IEnumerable<(string Path, string Name)> Groups(Tenant tenant) => Listed("$.eligibility.selection.groups", tenant.Eligibility.Selection?.Groups);

    /// <summary>Names that nothing can have.</summary>
    public static IEnumerable<(string Path, string Cause)> Contradictions(Tenant tenant) =>
        from named in Schools(tenant).Concat(Groups(tenant))
        where named.Name.Length == 0 || named.Name != named.Name.Trim()
        select (named.Path, $"must be an id or a code without blanks before or behind it, not \"{named.Name}\"");

    private static IEnumerable<(string Path, string Name)> Listed(string path, IReadOnlyList<string>? names) =>
        (names ?? []).Index().Select(name => ($"{path}[{name.Index}]", name.Item));

    private static IEnumerable<(string Path, string Name)> Keys(string path, IReadOnlyDictionary<string, IReadOnlyList<string>>? names) =>
        names?.Keys.Select(name => ($"{path}.{name}", name)) ?? [];
}
