using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

public sealed partial record UniloginImportSettings : FeedSettings
{
    internal const string Delta = "delta";
    internal const string Total = "total";

    private const string Id = "id";
    private const string IdentifierPrefix = "externalIdentifier:";

    [RegularExpression("^[A-Za-z0-9][A-Za-z0-9 ._-]{0,49}$", ErrorMessage = "must be 1 to 50 letters, digits, spaces, dots, hyphens and underscores")]
    [Description("Name of the importing system. With the institution it identifies an import, so it must never change.")]
    public string Source { get; init; } = "EduFunctions";

    [RegularExpression("^[A-Za-z][A-Za-z0-9+.-]*:[^\\s<>\"&]+$", ErrorMessage = "must be a namespace, such as an https address")]
    [Description("XML namespace of the document, as the service's WSDL gives it. Required: it is not public.")]
    public string? Namespace { get; init; }

    [Description("Institution number by school unit (id or school unit code). A unit whose own code is an institution number needs no entry; others without one are left out.")]
    public IReadOnlyDictionary<string, string> Institutions { get; init; } = new Dictionary<string, string>();

    [AllowedValues(Delta, Total, ErrorMessage = "must be \"delta\" or \"total\"")]
    [Description("delta sends what has changed since the last delivery, total everything every time. The first delivery, and the first of a school year, is always total.")]
    public string Operation { get; init; } = Delta;

    [RegularExpression("^(id|externalIdentifier:.+)$", ErrorMessage = "must be \"id\" or \"externalIdentifier:<context>\"")]
    [Description("What becomes LocalPersonId: id, or externalIdentifier: and the identifier's context.")]
    public string LocalPersonId { get; init; } = Id;

    [Description("Group types that are sent, with what they are in Unilogin, such as { \"Klass\": \"Hovedgruppe\" }.")]
    public IReadOnlyDictionary<string, string> GroupTypes { get; init; } = ImportValues.DefaultGroupTypes;

    [Description("Level (trin) by school type, or by school type and year, where it is another: { \"GY:1\": \"U1\", \"SFI\": \"VU\" }.")]
    public IReadOnlyDictionary<string, string> Levels { get; init; } = new Dictionary<string, string>();

    [Description("Role of students by school type where it is another: { \"KU\": \"Elev\" }.")]
    public IReadOnlyDictionary<string, string> StudentRoles { get; init; } = new Dictionary<string, string>();

    [Description("Role of staff by duty role where it is another: { \"Barnskötare\": \"TAP\" }.")]
    public IReadOnlyDictionary<string, string> StaffRoles { get; init; } = new Dictionary<string, string>();

    [Description("How guardians stand below their students; absent, they are not sent.")]
    public ContactPersonSettings? ContactPersons { get; init; }

    public override IEnumerable<string> IdentifierContexts => IdentifierContext is { } context ? [context] : [];

    internal override bool UsesGuardians => ContactPersons is not null;

    internal string? IdentifierContext => LocalPersonId == Id ? null : LocalPersonId[IdentifierPrefix.Length..];

    internal static bool IsInstitutionNumber(string number) => InstitutionNumber().IsMatch(number);

    public override string? CarriedOutBy() => "uniloginImport";

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant) =>
    [
        .. Namespace is null ? [("namespace", "is missing; the service's WSDL names it")] : Array.Empty<(string, string)>(),
        .. !tenant.Privacy.IncludeCivicNumber
            ? [("localPersonId", "is bound to a CPR number, and the receiver refuses everybody without one: set privacy.includeCivicNumber to true")]
            : Array.Empty<(string, string)>(),
        .. Institutions.Where(entry => !IsInstitutionNumber(entry.Value))
            .Select(entry => ($"institutions.{entry.Key}", $"must be six letters and digits, not \"{entry.Value}\"")),
        .. Unknown("groupTypes", GroupTypes, ImportValues.GroupTypes),
        .. Unknown("levels", Levels, ImportValues.Levels),
        .. Unknown("studentRoles", StudentRoles, ImportValues.StudentRoles),
        .. Unknown("staffRoles", StaffRoles, [.. ImportValues.EmployeeRoles, .. ImportValues.ExternRoles]),
    ];

    private static IEnumerable<(string Key, string Cause)> Unknown(
        string key, IReadOnlyDictionary<string, string> map, IReadOnlyList<string> known) =>
        map.Where(entry => !known.Contains(entry.Value))
            .Select(entry => ($"{key}.{entry.Key}", $"must be one of {string.Join(", ", known)}, not \"{entry.Value}\""));

    [GeneratedRegex("^[A-Za-z0-9]{6}$")]
    private static partial Regex InstitutionNumber();
}

/// <summary>What no school register says of a guardian, but the import wants to know.</summary>
public sealed record ContactPersonSettings
{
    [AllowedValues("Mor", "Far", "Andet", "Officielt tilknyttet person", ErrorMessage = "must be \"Mor\", \"Far\", \"Andet\" or \"Officielt tilknyttet person\"")]
    [Description("Relation of every guardian.")]
    public string Relation { get; init; } = "Andet";

    [Description("Whether guardians have custody; by default only those who do are in the roster.")]
    public bool ChildCustody { get; init; } = true;

    [Range(0, 1, ErrorMessage = "must be 0 or 1")]
    [Description("Access level of every guardian.")]
    public int AccessLevel { get; init; } = 1;
}
