using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

public sealed record OneRosterFeedSettings : FeedSettings
{
    internal const string Bulk = "bulk";
    internal const string Delta = "delta";
    internal const string PrincipalName = "eduPersonPrincipalName";
    internal const string Email = "email";
    internal const string Id = "id";
    internal const string OfGroup = "group";

    private const string StaffGroup = "Personalgrupp";

    [AllowedValues(Bulk, Delta, ErrorMessage = "must be \"bulk\" or \"delta\"")]
    [Description("bulk sends everything every time; delta what has changed since the last delivery, the first time and with --total everything.")]
    public string Mode { get; init; } = Bulk;

    [RegularExpression("^[A-Za-z0-9._-]{1,100}$", ErrorMessage = "must be 1 to 100 letters, digits, dots, underscores and hyphens")]
    [Description("Name of the zip without .zip; with delta the day of the run and its time follow.")]
    public string FileName { get; init; } = "oneroster";

    [StringLength(255, MinimumLength = 1, ErrorMessage = "must be 1 to 255 characters")]
    [Description("Name of the organisation above the schools, to which all courses belong; absent is the tenant's id.")]
    public string? Organisation { get; init; }

    [AllowedValues(PrincipalName, Email, Id, ErrorMessage = "must be \"eduPersonPrincipalName\", \"email\" or \"id\"")]
    [Description("What becomes username. Guardians without one have their e-mail address, aliases their id.")]
    public string Username { get; init; } = PrincipalName;

    [Description("Whether guardians are users, with the students they answer for.")]
    public bool Guardians { get; init; }

    [Description("Types of group that become classes.")]
    [ValuesOf(nameof(Vocabularies.GroupTypes))]
    public IReadOnlyList<string> GroupTypes { get; init; } = ["Undervisning", "Klass"];

    [Description("Title of a class: {group}, {syllabus} and {school} are replaced, what is missing leaves nothing.")]
    public string ClassTitle { get; init; } = "{group}";

    [AllowedValues("section", OfGroup, ErrorMessage = "must be \"section\" or \"group\"")]
    [Description("Id of a class: section has one for each group and syllabus, group that of the group while it has one syllabus.")]
    public string ClassId { get; init; } = "section";

    [Description("Role of staff by duty role where it is another than usual, as { \"Skolsköterska\": \"counselor\" }.")]
    public IReadOnlyDictionary<string, string> StaffRoles { get; init; } = new Dictionary<string, string>();

    [RegularExpression(SchoolYearSpan.DayPattern, ErrorMessage = "must be a month and a day such as 07-01, the 28th at most")]
    [Description("First day of the school year that all classes are in, as MM-DD.")]
    public string SchoolYearBegins { get; init; } = "07-01";

    internal override bool UsesGuardians => Guardians;

    internal bool IsDelta => Mode == Delta;

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant)
    {
        if (Username == PrincipalName && !tenant.Source.HasPrincipalNames)
        {
            yield return ("username", $"must be \"email\" or \"id\": the source {tenant.Source.Type} has no eduPersonPrincipalNames");
        }

        if (GroupTypes.Contains(StaffGroup))
        {
            yield return ("groupTypes", $"must not have {StaffGroup}: its members are staff, and a class has students");
        }

        foreach (var (duty, role) in StaffRoles.Where(entry => !OneRosterWords.IsOfStaff(entry.Value)))
        {
            yield return ($"staffRoles.{duty}", $"must be one of {string.Join(", ", OneRosterWords.OfStaff)}, or begin with {CsvForm.OwnWord}, not \"{role}\"");
        }

        if (Always && IsDelta)
        {
            yield return ("always", "does not go with files that say what has changed; sync --total sends everything once");
        }
    }
}
