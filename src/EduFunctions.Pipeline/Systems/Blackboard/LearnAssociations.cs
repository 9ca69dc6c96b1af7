using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <param name="Key">Derived from both ids, which together are longer than a key may be.</param>
/// <param name="Member">Row of the person or section.</param>
internal readonly record struct LearnAssociation(EntityId Key, int Unit, int Member);

/// <summary>Who and what hangs below which school, in the order of the keys.</summary>
internal static class LearnAssociations
{
    /// <summary>Students and staff at their schools, whichever of both they are there.</summary>
    public static List<LearnAssociation> OfUsers(Roster roster, LearnNodes nodes, BitArray chosen)
    {
        var places = new HashSet<(int Unit, int Person)>();
        foreach (var table in new[] { roster.StudentUnits, roster.StaffUnits })
        {
            foreach (ref readonly var place in table.Rows)
            {
                if (chosen[place.Person] && !nodes[place.Unit].IsNone)
                {
                    places.Add((place.Unit, place.Person));
                }
            }
        }

        return Sorted(places.Select(place => new LearnAssociation(KeyOfUser(roster.Units[place.Unit].Id, roster.Persons[place.Person].Id), place.Unit, place.Person)));
    }

    /// <summary>Keys of all that those may have who leave.</summary>
    public static HashSet<EntityId> OfLeavers(Roster roster, Leavers leavers)
    {
        var keys = new HashSet<EntityId>();
        foreach (ref readonly var unit in roster.Units.Rows)
        {
            foreach (var person in leavers.InOrder)
            {
                keys.Add(KeyOfUser(unit.Id, person));
            }
        }

        return keys;
    }

    public static List<LearnAssociation> OfCourses(Roster roster, LearnNodes nodes, BitArray chosen)
    {
        var courses = Enumerable.Range(0, roster.Sections.Count).Where(row => chosen[row] && !nodes[roster.Sections[row].Unit].IsNone);
        return Sorted(courses.Select(row => new LearnAssociation(
            LearnIds.Derived("courseassociation", roster.Units[roster.Sections[row].Unit].Id, roster.Sections[row].Id), roster.Sections[row].Unit, row)));
    }

    public static EntityId KeyOfUser(EntityId unit, EntityId person) => LearnIds.Derived("userassociation", unit, person);

    private static List<LearnAssociation> Sorted(IEnumerable<LearnAssociation> associations)
    {
        var sorted = associations.ToList();
        sorted.Sort(static (one, other) => one.Key.CompareTo(other.Key));
        return sorted;
    }
}
