using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>Students and staff none of whose placements and duties has begun.</summary>
internal static class NotBegun
{
    /// <returns>By row of the persons.</returns>
    public static BitArray Find(Roster roster, Day today)
    {
        var notYet = new BitArray(roster.Persons.Count);
        Mark(roster, notYet, starts => starts > today, true);
        Mark(roster, notYet, starts => starts <= today, false);
        return notYet;
    }

    private static void Mark(Roster roster, BitArray persons, Predicate<Day> which, bool mark)
    {
        foreach (var places in new[] { roster.StudentUnits, roster.StaffUnits })
        {
            foreach (ref readonly var place in places.Rows)
            {
                if (which(place.Start))
                {
                    persons[place.Person] = mark;
                }
            }
        }
    }
}
