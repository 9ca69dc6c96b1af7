using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Scim;

public sealed record ScimSettings : FeedSettings
{
    internal const string Core = "core";
    internal const string Egil = "egil";
    internal const string PrincipalName = "eduPersonPrincipalName";
    internal const string Email = "email";
    internal const string PersonId = "id";

    private const int UsualDays = 30;

    [AllowedValues(Core, Egil, ErrorMessage = "must be \"core\" or \"egil\"")]
    [Description("core sends users and groups as RFC 7643 has them; egil the kinds of the school extension: schools, users, employments, student groups, activities.")]
    public string Profile { get; init; } = Core;

    [AllowedValues(PrincipalName, Email, PersonId, ErrorMessage = "must be \"eduPersonPrincipalName\", \"email\" or \"id\"")]
    [Description("What becomes userName. Guardians without one have their e-mail address, aliases their id.")]
    public string Username { get; init; } = PrincipalName;

    [Description("Whether guardians are users.")]
    public bool Guardians { get; init; }

    [Description("Types of group that become groups.")]
    [ValuesOf(nameof(Vocabularies.GroupTypes))]
    public IReadOnlyList<string> GroupTypes { get; init; } = ["Undervisning", "Klass"];

    [Description("Name of a group: {group}, {syllabus} and {school} are replaced, what is missing leaves nothing.")]
    public string GroupName { get; init; } = "{group} {syllabus}";

    [Description("Whether each school is a group of all its students and staff, too; not with profile egil, which has schools of its own.")]
    public bool SchoolGroups { get; init; }

    [Range(0, 3650, ErrorMessage = "must be 0 to 3650")]
    [Description("Days for which whoever has left stays at the server without being active, and a group without members, before they are deleted; 0 deletes at once. Absent: 30, with egil 0.")]
    public int? DeleteAfterDays { get; init; }

    internal override bool UsesGuardians => Guardians;

    internal bool IsEgil => Profile == Egil;

    internal int RestingDays => DeleteAfterDays ?? (IsEgil ? 0 : UsualDays);

    public override string? CarriedOutBy() => "scim";

    public override IEnumerable<(string Key, string Cause)> Contradictions(Tenant tenant)
    {
        if (Username == PrincipalName && !tenant.Source.HasPrincipalNames)
        {
            yield return ("username", $"must be \"email\" or \"id\": the source {tenant.Source.Type} has no eduPersonPrincipalNames");
        }

        if (SchoolGroups && IsEgil)
        {
            yield return ("schoolGroups", "does not go with profile egil, where schools are no groups");
        }

        if (Always)
        {
            yield return ("always", "does not go with a feed that says what has changed; resend --force says everything once");
        }
    }
}
