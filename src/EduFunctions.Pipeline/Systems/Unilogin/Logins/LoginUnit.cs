using EduFunctions.Pipeline.Eligibility;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>What somebody is at an institution.</summary>
public enum LoginRole
{
    Student,
    Staff,
    External,
    Guardian,
}

/// <summary>An institution of the tenant at which the person is something.</summary>
public sealed record LoginUnit(
    string Id, string? Name, string? Type, string? MunicipalityCode, IReadOnlyList<RoleAtUnit> Roles, IReadOnlyList<LoginGroup> Groups)
{
    internal bool Has(LoginRole role) => Roles.Any(each => each.Role == role);

    internal static LoginUnit Of(
        string id, LookupInstitution? institution, IEnumerable<Affiliation> affiliations, IReadOnlyList<InstitutionUser> known, IReadOnlyList<LoginGroup> groups) =>
        new(id, institution?.Name, institution?.Type, institution?.MunicipalityCode, [.. affiliations.Select(each => RoleAtUnit.Of(each, known))], groups);
}

/// <param name="Titles">In the service's words, such as Elev or Lærer.</param>
/// <param name="SchoolYear">Of a student, such as 7.</param>
public sealed record RoleAtUnit(LoginRole Role, IReadOnlyList<string> Titles, string? SchoolYear)
{
    internal static RoleAtUnit Of(Affiliation affiliation, IReadOnlyList<InstitutionUser> known) =>
        new(affiliation.Role, affiliation.Titles, known.FirstOrDefault(user => user.Role == affiliation.Role)?.Level);
}

/// <param name="Id">The id that the group has in rosters and feeds.</param>
/// <param name="GroupType">As in rosters: Klass, Undervisning, else the service's own word.</param>
/// <param name="Size">How many belong to it; null when not asked for.</param>
public sealed record LoginGroup(string Id, string? Name, string GroupType, DateOnly? StartDate, DateOnly? EndDate, int? Size)
{
    private const string Class = "Klass";
    private const string Teaching = "Undervisning";

    internal static LoginGroup Of(LookupGroup group, int? size) => new(IdOf(group), group.Name, TypeOf(group.Type), group.From, group.Until, size);

    internal static string IdOf(LookupGroup group) => $"{group.Institution}-{group.Id}";

    internal static bool IsInRosters(LoginGroup group, EligibilitySettings chosen) =>
        group.GroupType is Class or Teaching || chosen.GroupTypes.Contains(group.GroupType);

    private static string TypeOf(string type) => type switch
    {
        LookupGroup.MainType => Class,
        "Hold" => Teaching,
        _ => type,
    };
}

/// <summary>Somebody who answers for the person.</summary>
/// <param name="Relation">In the service's words, such as Mor.</param>
/// <param name="AccessLevel">1 when the contact may see confidential things of the person.</param>
public sealed record LoginContact(string Unit, string Person, string Relation, bool Custody, bool Verified, int AccessLevel)
{
    internal static LoginContact Of(ContactRow row) => new(row.Institution, row.UserId, row.Relation, row.Custody, row.Verified, row.AccessLevel);
}

/// <summary>Somebody for whom the person answers.</summary>
/// <param name="MainGroup">The id of the class.</param>
public sealed record LoginStudent(string Unit, string Person, string Title, string? MainGroup)
{
    internal static LoginStudent Of(StudentRow row) =>
        new(row.Institution, row.UserId, row.Title, row.MainGroup is { } group ? LoginGroup.IdOf(group) : null);
}
