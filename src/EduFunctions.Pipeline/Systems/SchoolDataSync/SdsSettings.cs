using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

public sealed record SdsSettings : FeedSettings
{
    internal const string PrincipalName = "eduPersonPrincipalName";
    internal const string Email = "email";

    private const string StaffGroup = "Personalgrupp";

    [Description("True packs the files into sds.zip; false delivers each for itself.")]
    public bool Zip { get; init; } = true;

    [AllowedValues(PrincipalName, Email, ErrorMessage = "must be \"eduPersonPrincipalName\" or \"email\"")]
    [Description("What becomes username: the user principal name in Entra, with its domain. Guardians have their e-mail address.")]
    public string Username { get; init; } = PrincipalName;

    [RegularExpression(@"^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", ErrorMessage = "must be a domain such as school.example")]
    [Description("Domain that is put behind a username without one; absent leaves such people out.")]
    public string? Domain { get; init; }

    [Description("Whether guardians are contacts of their students (relationships.csv). Changed later, the flow in School Data Sync has to be set up anew.")]
    public bool Guardians { get; init; }

    [Description("Types of group that become classes.")]
    [ValuesOf(nameof(Vocabularies.GroupTypes))]
    public IReadOnlyList<string> GroupTypes { get; init; } = ["Undervisning", "Klass"];

    [Description("Title of a class, and so of its team: {group}, {syllabus} and {school} are replaced, what is missing leaves nothing.")]
    public string ClassTitle { get; init; } = "{group} {syllabus}";

    [Description("Role of staff by duty role where it is another than usual, as { \"Skolsköterska\": \"nurse\" }.")]
    public IReadOnlyDictionary<string, string> StaffRoles { get; init; } = new Dictionary<string, string>();

    [RegularExpression(SchoolYearSpan.DayPattern, ErrorMessage = "must be a month and a day such as 07-01, the 28th at most")]
    [Description("First day of the school year that all classes are in, as MM-DD.")]
    public string SchoolYearBegins { get; init; } = "07-01";

    internal override bool UsesGuardians => Guardians;

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant)
    {
        if (Username == PrincipalName && !tenant.Source.HasPrincipalNames)
        {
            yield return ("username", $"must be \"email\": the source {tenant.Source.Type} has no eduPersonPrincipalNames");
        }

        if (GroupTypes.Contains(StaffGroup))
        {
            yield return ("groupTypes", $"must not have {StaffGroup}: its members are staff, and a class has students");
        }

        if (Pseudonymise is not null && Domain is null)
        {
            yield return ("pseudonymise", "needs settings.domain: aliases have no user principal names of their own");
        }

        foreach (var (duty, role) in StaffRoles.Where(entry => !SdsWords.IsOfStaff(entry.Value)))
        {
            yield return ($"staffRoles.{duty}", $"must be a role of staff in Microsoft's list, such as teacher, nurse or officeStaff, not \"{role}\"");
        }
    }
}
