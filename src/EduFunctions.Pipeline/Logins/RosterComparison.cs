using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Logins;

/// <summary>What of a person's roles and groups is not as the last roster has it. Pure.</summary>
internal static class RosterComparison
{
    /// <param name="entry">The person in that run; null for whom its pull does not have.</param>
    /// <param name="groupTypes">Types of groups that rosters hold.</param>
    public static SinceLastRoster Of(RunRecord run, LedgerEntry? entry, IReadOnlyList<LoginUnit> units, IReadOnlyCollection<string> groupTypes)
    {
        if (entry is not { Person.Eligible: not Roles.None })
        {
            return new SinceLastRoster(run.Run, run.Date, Known: entry is not null, HandedOn: false, Difference.None, Difference.None, []);
        }

        // A role that a rule leaves out is in no roster, however often the services name it.
        var compared = (Roles.Student | Roles.Staff) & ~(entry.Person.Candidate & ~entry.Person.Eligible);
        var window = new DateWindow(entry.Facts.Date, entry.Facts.MarginDays);
        return new SinceLastRoster(
            run.Run,
            run.Date,
            Known: true,
            HandedOn: true,
            Difference.Between(
                entry.Stays.Where(stay => stay.Reasons.Passes && stay.UnitReasons == 0 && compared.HasFlag(stay.Role)).Select(stay => Name(stay.Unit.ToString(), stay.Role)),
                units.SelectMany(unit => unit.Roles.Select(role => RoleOf(role.Role)).Where(role => (role & compared) != 0).Select(role => Name(unit.Id, role)))),
            Difference.Between(
                entry.Sections.Select(section => section.ToString()),
                from unit in units
                where unit.Roles.Any(role => (RoleOf(role.Role) & compared) != 0)
                from @group in unit.Groups
                where groupTypes.Contains(@group.GroupType) && window.IsOpen(DayOf(@group.StartDate), DayOf(@group.EndDate))
                select @group.Id),
            []);
    }

    private static string Name(string unit, Roles role) => $"{unit} {role.ToString().ToLowerInvariant()}";

    private static Roles RoleOf(LoginRole role) => role switch
    {
        LoginRole.Student => Roles.Student,
        LoginRole.Staff => Roles.Staff,
        _ => Roles.None,
    };

    private static Day DayOf(DateOnly? date) => date is { } day ? Day.From(day) : Day.Absent;
}
