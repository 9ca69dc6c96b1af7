using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Listing;

/// <summary>Everybody who is left out in a role, with each reason and the school that it is about. Pure.</summary>
internal static class LeftOutRows
{
    private static readonly Roles[] AllRoles = [Roles.Student, Roles.Staff, Roles.Guardian];

    /// <param name="nameOf">Of a school.</param>
    /// <param name="isCompanion">Of a guardian, whether it must not be told that he or she is without a student.</param>
    public static IEnumerable<ListedRow> Of(
        Ledger ledger, RuleCatalog rules, Func<EntityId, string?> nameOf, Predicate<EntityId> isHidden, Predicate<EntityId> isCompanion)
    {
        for (var row = 0; row < ledger.Persons.Count; row++)
        {
            var person = ledger.Persons[row];
            if (isHidden(person.Id))
            {
                continue;
            }

            foreach (var role in AllRoles.Where(role =>
                person.Candidate.HasFlag(role) && !person.Eligible.HasFlag(role) && !(role == Roles.Guardian && isCompanion(person.Id))))
            {
                var entry = new LedgerEntry(ledger.Facts, person, ledger.Stays.Rows.Slice(person.FirstStay, person.Stays).ToArray(), []);
                foreach (var listed in OfRole(role, entry, rules, nameOf))
                {
                    yield return listed;
                }
            }
        }
    }

    private static IEnumerable<ListedRow> OfRole(Roles role, LedgerEntry entry, RuleCatalog rules, Func<EntityId, string?> nameOf)
    {
        var id = entry.Person.Id.ToString();
        var schools = entry.Stays.Where(stay => stay.Role == role && !stay.Unit.IsNone).Select(stay => stay.Unit).Distinct().ToList();
        foreach (var reason in RoleExplanation.Of(role, entry, rules).Reasons)
        {
            // What is about the person itself is told to every school that has the person.
            var about = schools.Where(school => school.ToString() == reason.Entity).DefaultIfEmpty().Any(school => !school.IsNone)
                ? schools.Where(school => school.ToString() == reason.Entity)
                : schools.DefaultIfEmpty();
            foreach (var school in about)
            {
                yield return new ListedRow(
                    reason.Code, role.ToString().ToLowerInvariant(), id, null, school.IsNone ? null : school.ToString(), school.IsNone ? null : nameOf(school));
            }
        }
    }
}
