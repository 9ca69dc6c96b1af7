namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>
/// In which namespaces a version and package of the export has its elements: each stands in that of the schema its type comes from, so a document mixes
/// several (docs/sources/unilogin.md).
/// </summary>
internal sealed class ExportNames
{
    public const string Root = "UNILoginExport";

    private const string Bpi = "https://brugerdatabasen.stil.dk/bpi/";
    private const string Old = "https://wsieksport.unilogin.dk/eksport";

    private static readonly string[] Packages = ["small", "medium", "full", "fullmyndighed"];

    private static readonly Dictionary<string, ExportNames> ByRoot = Packages
        .SelectMany(package => new[] { Version7(package), Version6(package) })
        .ToDictionary(names => names.Package);

    private readonly Dictionary<string, string[]> _namespaces = new(StringComparer.Ordinal);

    private ExportNames(string package, bool isVersion7) => (Package, IsVersion7) = (package, isVersion7);

    /// <summary>The namespace of the package's own elements.</summary>
    public string Package { get; }

    public bool IsVersion7 { get; }

    /// <summary>Whether protected persons stand in it by their real names; elsewhere the names are aliases already.</summary>
    public bool HasRealNames => Package.EndsWith("/fullmyndighed", StringComparison.Ordinal);

    /// <summary>The names of the export with this root; null when it is none of ours.</summary>
    public static ExportNames? Of(string localName, string ns) =>
        ByRoot.TryGetValue(ns, out var names)
        && localName.Equals($"{Root}{ns[(ns.LastIndexOf('/') + 1)..]}", StringComparison.OrdinalIgnoreCase)
            ? names
            : null;

    /// <summary>The namespaces in which a known element may stand; null for an element that nobody here knows.</summary>
    public string[]? NamespacesOf(string localName) => _namespaces.GetValueOrDefault(localName);

    private static ExportNames Version7(string package)
    {
        const string Common = $"{Bpi}common/3";
        const string Export = $"{Bpi}wsieksport/7/common";
        var own = $"{Bpi}wsieksport/7/{package}";
        return new ExportNames(own, isVersion7: true)
            .Add([own], "Institution", "InstitutionPerson", "Person", "Student", "ContactPerson", "AliasFirstName", "AliasFamilyName")
            .Add([Common], "LocalPersonId")
            .Add([Export, Common], "GroupId")
            .Add(
                [Export], "ImportSource", "InstitutionNumber", "InstitutionName", "Group", "GroupName", "GroupType", "FromDate", "ToDate", "FirstName",
                "FamilyName", "UserId", "CivilRegistrationNumber", "EmailAddress", "Address", "StreetAddress", "PostalCode", "CountryCode",
                "HomePhoneNumber", "WorkPhoneNumber", "MobilePhoneNumber", "Role", "StudentNumber", "Level", "MainGroupId", "Employee", "Extern",
                "ShortName");
    }

    private static ExportNames Version6(string package)
    {
        const string Data = "https://unilogin.dk/data";
        const string Transitional = $"{Data}/transitional";
        var own = $"{Old}/{package}";
        return new ExportNames(own, isVersion7: false)
            .Add([own], "Institution", "InstitutionPerson", "Person", "Student", "ContactPerson", "AliasFirstName", "AliasFamilyName")
            .Add([Old], "ImportSource")
            .Add([Old, own], "UNILogin")
            .Add(
                [Data], "InstitutionNumber", "InstitutionName", "Group", "GroupId", "GroupName", "GroupType", "FromDate", "ToDate", "LocalPersonId",
                "FirstName", "FamilyName", "UserId", "Address", "StreetAddress", "PostalCode", "CountryCode", "Extern", "ShortName")
            .Add([$"{Old}/full"], "HomePhoneNumber", "WorkPhoneNumber", "MobilePhoneNumber")
            .Add([Transitional], "CivilRegistrationNumber", "EmailAddress", "StudentNumber", "Level", "MainGroupId", "Employee")
            .Add([Transitional, Data], "Role");
    }

    private ExportNames Add(string[] namespaces, params ReadOnlySpan<string> localNames)
    {
        foreach (var name in localNames)
        {
            _namespaces.Add(name, namespaces);
        }

        return this;
    }
}
