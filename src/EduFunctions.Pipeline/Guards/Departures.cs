using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Who leaves a feed whose target only puts them to rest: whoever turns out to be protected later must be known there still.</summary>
internal static class Departures
{
    /// <summary>Those of earlier nights who are not back, and tonight's. Who is protected is taken out by keys, and is in the memory.</summary>
    /// <param name="since">The first day that is remembered.</param>
    public static IReadOnlyList<LeftPerson> After(RosterDifference difference, Verdict verdict, EffectiveFeed effective, DateOnly today, DateOnly since)
    {
        var before = difference.Before;
        var tonight = difference.PersonRows.Moving.Rows.ToArray()
            .Where(rank => difference.PersonRows[rank].Change == Change.Removed && verdict.Persons[rank] == Fate.AsNow)
            .Select(rank => difference.Persons.Before(rank))
            .Select(row => new LeftPerson(
                before.Roster.Persons[row].Id, before.Roster.Identities.Count > row ? before.Roster.Identities[row] : default, today.DayNumber));
        return
        [
            .. before.Selection!.Left.Where(left => left.Day >= since.DayNumber).Concat(tonight)
                .Where(left => !IsThere(left.Id) && difference.Now.Roster.Protected.Rows.BinarySearch(left.Id) < 0)
                .DistinctBy(left => left.Id),
        ];

        bool IsThere(EntityId id) => Find(effective.Roster, id) is >= 0 and var row && effective.Selection.Persons[row];
    }

    private static int Find(Roster roster, EntityId id)
    {
        for (var (first, end) = (0, roster.Persons.Count); first < end;)
        {
            var middle = (first + end) / 2;
            var order = roster.Persons[middle].Id.CompareTo(id);
            if (order == 0)
            {
                return middle;
            }

            (first, end) = order < 0 ? (middle + 1, end) : (first, middle);
        }

        return -1;
    }
}
