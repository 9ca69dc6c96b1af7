using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>What of a person's roles and groups is not as the last roster has it. Pure.</summary>
internal static class RosterComparison
{
    /// <param name="entry">The person in that run; null for whom its pull does not have.</param>
    /// <param name="chosen">What rosters hold beside classes, teaching groups, students and staff.</param>
    public static SinceLastRoster Of(RunRecord run, LedgerEntry? entry, IReadOnlyList<LoginUnit> units, EligibilitySettings chosen)
    {
        if (entry is not { Person.Eligible: not Roles.None })
        {
            return new SinceLastRoster(run.Run, run.Date, Known: entry is not null, HandedOn: false, Difference.None, Difference.None, []);
        }

        // A role that a rule leaves out is in no roster, however often the services name it.
        var compared = (Roles.Student | Roles.Staff) & ~(entry.Person.Candidate & ~entry.Person.Eligible);
        var window = new DateWindow(entry.Facts.Date, entry.Facts.MarginDays);
        var roles = units.SelectMany(unit => unit.Roles.Select(role => (unit.Id, Role: RoleOf(role.Role, chosen)))).Where(role => (role.Role & compared) != 0).ToList();
        var groups = units.Where(unit => roles.Exists(role => role.Id == unit.Id)).SelectMany(unit => unit.Groups)
            .Where(group => LoginGroup.IsInRosters(group, chosen) && window.IsOpen(DayOf(group.StartDate), DayOf(group.EndDate)));
        var stays = entry.Stays.Where(stay => stay.Reasons.Passes && stay.UnitReasons == 0 && compared.HasFlag(stay.Role));
        return new SinceLastRoster(
            run.Run,
            run.Date,
            Known: true,
            HandedOn: true,
            Difference.Between(stays.Select(stay => Name(stay.Unit.ToString(), stay.Role)), roles.Select(role => Name(role.Id, role.Role))),
            Difference.Between(entry.Sections.Select(section => section.ToString()), groups.Select(group => group.Id)),
            []);
    }

    private static string Name(string unit, Roles role) => $"{unit} {role.ToString().ToLowerInvariant()}";

    private static Roles RoleOf(LoginRole role, EligibilitySettings chosen) => role switch
    {
        LoginRole.Student => Roles.Student,
        LoginRole.Staff => Roles.Staff,
        LoginRole.External when chosen.IncludeExtern => Roles.Staff,
        _ => Roles.None,
    };

    private static Day DayOf(DateOnly? date) => date is { } day ? Day.From(day) : Day.Absent;
}
