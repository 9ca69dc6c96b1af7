using System.Globalization;
using System.Xml.Linq;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

// What the services answer, as far as anybody needs it here. Names of others are not read.

/// <summary>Where the person belongs, and as what.</summary>
/// <param name="Titles">The roles in the service's words, such as Elev or Lærer.</param>
internal sealed record Affiliation(string Institution, LoginRole Role, IReadOnlyList<string> Titles)
{
    public static Affiliation Of(XElement row)
    {
        var (role, element) = row.Role();
        return new Affiliation(row.Value("instnr"), role, element.Values("rolle"));
    }
}

/// <summary>The person as one institution knows it, once per role.</summary>
/// <param name="Name">The alias of whoever is protected by name.</param>
/// <param name="Level">A student's year, such as 7.</param>
internal sealed record InstitutionUser(
    string Institution, string UserId, string? Name, LoginRole Role, IReadOnlyList<string> Titles, string? Level, IReadOnlyList<LookupGroup> Groups)
{
    public static InstitutionUser Of(XElement row)
    {
        var (role, element) = row.Role();
        return new InstitutionUser(
            row.Value("instnr"), row.Value("brugerid"), row.Find("navn"), role, element.Values("rolle"), element.Find("elevtrin"), GroupsOf(row, element));
    }

    /// <summary>A student's main group is named in the role, and may be missing among the groups.</summary>
    private static List<LookupGroup> GroupsOf(XElement row, XElement role)
    {
        var groups = row.Rows("gruppe").Select(LookupGroup.Of).ToList();
        if (role.Find("hovedgruppeid") is { } main && groups.TrueForAll(group => group.Id != main))
        {
            groups.Insert(0, new LookupGroup(row.Value("instnr"), main, role.Find("hovedgruppenavn"), LookupGroup.MainType, default, default));
        }

        return groups;
    }
}

/// <param name="Type">In the service's words, such as Hovedgruppe.</param>
internal sealed record LookupGroup(string Institution, string Id, string? Name, string Type, DateOnly? From, DateOnly? Until)
{
    public const string MainType = "Hovedgruppe";

    public static LookupGroup Of(XElement row) => new(
        row.Value("instnr"), row.Value("gruppeid"), row.Find("gruppenavn"), row.Value("gruppetype"), Date(row.Find("fradato")), Date(row.Find("tildato")));

    // A date of an XML schema may carry a time zone behind its ten characters.
    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text?[..Math.Min(10, text.Length)], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

internal sealed record LookupInstitution(string Institution, string? Name, string? Type, string? MunicipalityCode)
{
    public static LookupInstitution Of(XElement row) =>
        new(row.Value("instnr"), row.Find("instnavn"), row.Find("typenavn"), row.Find("kommunenr"));
}

/// <summary>A contact of the person.</summary>
internal sealed record ContactRow(string Institution, string UserId, string Relation, bool Custody, bool Verified, int AccessLevel)
{
    public static ContactRow Of(XElement row) => new(
        row.Value("instnr"),
        row.Value("brugerid"),
        row.Value("relation"),
        row.Find("myndighed") is "true" or "1",
        row.Find("verifikation") is "true" or "1",
        row.Find("adgangsniveau") == "1" ? 1 : 0);
}

/// <summary>A student whose contact the person is.</summary>
internal sealed record StudentRow(string Institution, string UserId, string Title, LookupGroup? MainGroup)
{
    public static StudentRow Of(XElement row) => new(
        row.Value("instnr"), row.Value("brugerid"), row.Value("rolle"), row.Rows("hovedgruppe").Select(LookupGroup.Of).FirstOrDefault());
}
