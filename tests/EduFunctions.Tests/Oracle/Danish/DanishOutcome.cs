using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Systems.Unilogin.Export;

namespace EduFunctions.Tests.Oracle.Danish;

/// <summary>What the product came to, as the same lines.</summary>
internal sealed class DanishOutcome(Decisions decisions, Roster roster)
{
    private static readonly RuleCatalog Rules = new(UniloginRules.Book);

    public IEnumerable<string> Lines() =>
    [
        .. roster.Units.Rows.ToArray().Select(unit => $"unit {unit.Id} {roster.Texts.ToString(unit.Name)}"),
        .. Enumerable.Range(0, decisions.Data.Persons.Count).SelectMany(RolesOf),
        .. roster.Sections.Rows.ToArray().Select(section =>
            $"section {section.Id} {roster.Vocabulary.GroupTypes[section.GroupType]} {roster.Texts.ToString(section.Name)}"),
        .. roster.Members.Rows.ToArray().Select(row => $"{Id(row.Person)} learns in {roster.Sections[row.Section].Id}"),
        .. roster.Teachers.Rows.ToArray().Select(row => $"{Id(row.Person)} teaches {roster.Sections[row.Section].Id}"),
        .. roster.Persons.Rows.ToArray().Where(person => person.Roles.HasFlag(Roles.Student)).Select(person => $"year {person.Id} {person.SchoolYear}"),
        .. roster.StudentUnits.Rows.ToArray().Select(at => $"student {Id(at.Person)} at {roster.Units[at.Unit].Id}").Distinct(),
        .. roster.StaffUnits.Rows.ToArray().Select(at => $"{roster.Vocabulary.DutyRoles[at.Kind]} {Id(at.Person)} at {roster.Units[at.Unit].Id}"),
        .. roster.Guardianships.Rows.ToArray().Select(pair => $"{Id(pair.Guardian)} guards {Id(pair.Student)}"),
    ];

    private IEnumerable<string> RolesOf(int person)
    {
        foreach (var role in new[] { Roles.Student, Roles.Staff, Roles.Guardian })
        {
            if (decisions.Candidates[person].HasFlag(role))
            {
                var reasons = decisions.PersonReasons(person, role) | OfDuties(person, role)
                    | (role == Roles.Guardian && !decisions.HasStudent[person] ? Reasons.Of(decisions.Rules.Guardian) : Reasons.None);
                yield return $"{role.ToString().ToLowerInvariant()} {decisions.Data.Persons.Id(person)} {decisions.Is(person, role)}: "
                    + string.Join(", ", Rules.Each(reasons).Select(rule => rule.Code).Order(StringComparer.Ordinal));
            }
        }
    }

    private Reasons OfDuties(int person, Roles role)
    {
        var reasons = Reasons.None;
        for (var duty = 0; role == Roles.Staff && duty < decisions.Duties.Length; duty++)
        {
            reasons |= decisions.Data.Duties[duty].Person == person ? decisions.Duties[duty] : Reasons.None;
        }

        return reasons;
    }

    private string Id(int person) => roster.Persons[person].Id.ToString();
}
