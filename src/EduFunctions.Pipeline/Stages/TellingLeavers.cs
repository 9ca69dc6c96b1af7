using System.Collections;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Who would tell of a protected person and so may neither stay in a target as delivered nor come: the guard is told, so that it promises nobody to stay who
/// does not.
/// </summary>
internal static class TellingLeavers
{
    /// <summary>Of those who go or change: by what was delivered, and by what would be.</summary>
    public static IReadOnlyCollection<EntityId> Of(RosterDifference difference, ProtectedValues values)
    {
        var (before, now) = (difference.Before.Roster, difference.Now.Roster);
        var (then, tonight) = (new BitArray(before.Persons.Count), new BitArray(now.Persons.Count));
        foreach (var rank in values.IsEmpty ? [] : difference.PersonRows.Moving.Rows.ToArray().Where(rank => now.Protected.Rows.BinarySearch(difference.PersonId(rank)) < 0))
        {
            Mark(then, difference.Persons.Before(rank));
            Mark(tonight, difference.Persons.Now(rank));
        }

        return
        [
            .. In(before, before, now.Protected, values, then).Select(row => before.Persons[row].Id)
                .Concat(In(now, before, now.Protected, values, tonight).Select(row => now.Persons[row].Id)).Distinct(),
        ];
    }

    /// <summary>Rows of a roster in which nothing of a name is left that somebody had who has left: it is anybody's.</summary>
    /// <param name="before">What was delivered last.</param>
    public static IReadOnlyList<int> In(Roster roster, Roster before, Table<EntityId> protectedIds, ProtectedValues values, BitArray? wanted = null) =>
        TellingPersons.In(roster, values, wanted).Count == 0
            ? []
            : TellingPersons.In(roster, values.WithoutOthers(before, protectedIds.Rows.ToArray().ToHashSet()), wanted);

    private static void Mark(BitArray rows, int row)
    {
        if (row >= 0)
        {
            rows[row] = true;
        }
    }
}
