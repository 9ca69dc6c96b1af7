using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Unikum;

public sealed partial record UnikumSettings : FeedSettings
{
    internal const string CivicNumber = "civicNo";
    internal const string Latin = "ISO-8859-1";
    internal const string DefaultLayout = "{subject}\t{object}\t{type}\t{operation}";

    private const string Utf8 = "UTF-8";
    private const string Crlf = "CRLF";
    private const string StaffGroup = "Personalgrupp";

    [RegularExpression("^[A-Za-z0-9._-]{1,100}$", ErrorMessage = "must be 1 to 100 letters, digits, dots, underscores and hyphens")]
    [Description("Id of the organisation in Unikum to which all schools belong.")]
    public required string OrganisationId { get; init; }

    [RegularExpression("^[\\p{L}\\p{N}._-]{1,100}$", ErrorMessage = "must be 1 to 100 letters, digits, dots, underscores and hyphens")]
    [Description("First part of the files' names, mostly the municipality's name; absent is the tenant's id.")]
    public string? FileName { get; init; }

    [AllowedValues(CivicNumber, "alternativeId", ErrorMessage = "must be \"civicNo\" or \"alternativeId\"")]
    [Description("How people are known in Unikum: by civic number, which needs privacy.includeCivicNumber, or by the source's id.")]
    public string PersonId { get; init; } = "alternativeId";

    [Description("Types of group that become classes.")]
    [ValuesOf(nameof(Vocabularies.GroupTypes))]
    public IReadOnlyList<string> GroupTypes { get; init; } = ["Undervisning", "Klass", "Mentor", "Avdelning"];

    [Description("Duty roles whose holders become administrators of the units at which the duty counts.")]
    [ValuesOf(nameof(Vocabularies.DutyRoles))]
    public IReadOnlyList<string> Administrators { get; init; } = [];

    [Description("Unikum's school form (se.…) by school type, where it is another than usual or the type has none.")]
    public IReadOnlyDictionary<string, string> SchoolForms { get; init; } = new Dictionary<string, string>();

    [Description("Columns of the relation file: {subject}, {object}, {type} and {operation}, with one tab, comma or semicolon between two of them.")]
    public string RelationLayout { get; init; } = DefaultLayout;

    [AllowedValues(Utf8, Latin, ErrorMessage = "must be \"UTF-8\" or \"ISO-8859-1\"")]
    [Description("Encoding of both files.")]
    public string Encoding { get; init; } = Utf8;

    [AllowedValues("LF", Crlf, ErrorMessage = "must be \"LF\" or \"CRLF\"")]
    [Description("How lines end.")]
    public string LineEnd { get; init; } = "LF";

    [Description("True when the vendor has confirmed the layout of the relation file; until then only dry runs make files.")]
    public bool LayoutConfirmed { get; init; }

    internal override bool UsesGuardians => true;

    internal bool IsLatin => Encoding == Latin;

    internal Encoding FileEncoding => IsLatin ? System.Text.Encoding.Latin1 : System.Text.Encoding.UTF8;

    internal byte[] LineEndBytes => LineEnd == Crlf ? [(byte)'\r', (byte)'\n'] : [(byte)'\n'];

    internal RelationLayout Layout => Unikum.RelationLayout.Parse(RelationLayout)!;

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant)
    {
        if (PersonId == CivicNumber && !tenant.Privacy.IncludeCivicNumber)
        {
            yield return ("personId", "needs privacy.includeCivicNumber to be true");
        }

        if (Unikum.RelationLayout.Parse(RelationLayout) is null)
        {
            yield return ("relationLayout", "must have {subject}, {object}, {type} and {operation} once each, with the same one of tab, comma and semicolon in between");
        }

        if (GroupTypes.Contains(StaffGroup))
        {
            yield return ("groupTypes", $"must not have {StaffGroup}: its members are staff, and a class has children");
        }

        foreach (var (type, form) in SchoolForms.Where(entry => !SchoolForm().IsMatch(entry.Value)))
        {
            yield return ($"schoolForms.{type}", $"must be a school form such as se.grundskoleutbildning.grundskola, not \"{form}\"");
        }

        if (Always)
        {
            yield return ("always", "does not go with files that say what has changed; sync --total sends everything once");
        }
    }

    [GeneratedRegex("^se(\\.[a-z]+)+$")]
    private static partial Regex SchoolForm();
}
