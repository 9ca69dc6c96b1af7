using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// What has left a feed in the nights before and is not back: a few every night are many in two weeks. Only days with the limits of today count, so that
/// the end of a school year is not held against the weeks after it.
/// </summary>
internal sealed class DepartureWindow
{
    private readonly RosterDifference _difference;
    private readonly int _today;
    private readonly List<Departure> _gone;
    private readonly Dictionary<EntityId, int> _schools;

    public DepartureWindow(RosterDifference difference, GuardSettings settings, DateOnly today)
    {
        (_difference, _today) = (difference, today.DayNumber);
        var first = _today - settings.WindowDays;
        _gone = [.. difference.Before.Selection!.Departures.Where(row =>
            row.Day > first && row.Day <= _today && settings.IsAlike(DateOnly.FromDayNumber(row.Day), today))];
        _schools = _gone.Count == 0 ? [] : Enumerable.Range(0, difference.Units.Count).ToDictionary(difference.UnitId);
        if (_gone.Count > 0)
        {
            var back = Back();
            _gone.RemoveAll(row => back.Contains(row.Key));
        }
    }

    public void CountIn(Tally removals)
    {
        foreach (var row in _gone)
        {
            removals.CountEarlier((RowKind)row.Kind, SchoolOf(row));
        }
    }

    /// <summary>What the next nights have to count: these and tonight's, but for what somebody has released.</summary>
    /// <param name="isOther">Who goes for another reason than not being there, by rank.</param>
    public IReadOnlyList<Departure> With(Verdict verdict, Tally removals, Predicate<int> isOther, bool isReleased)
    {
        bool IsOver(RowKind kind, int school) => isReleased && removals.IsHeld(kind, school);
        return
        [
            .. _gone.Where(row => !IsOver((RowKind)row.Kind, SchoolOf(row))),
            .. Gone(_difference.PersonRows, verdict.Persons, _difference.PersonId, IsOver, isOther),
            .. Gone(_difference.SectionRows, verdict.Sections, _difference.SectionId, IsOver, _ => false),
        ];
    }

    private IEnumerable<Departure> Gone(RankedRows rows, Fate[] fates, Func<int, EntityId> id, Func<RowKind, int, bool> isOver, Predicate<int> isOther)
    {
        for (var at = 0; at < rows.Moving.Count; at++)
        {
            var rank = rows.Moving[at];
            var row = rows[rank];
            if (row.Change == Change.Removed && fates[rank] == Fate.AsNow && !isOther(rank) && !isOver(row.Kind, row.School))
            {
                yield return new Departure(Departure.KeyOf(id(rank)), _difference.UnitId(row.School), (int)row.Kind, _today);
            }
        }
    }

    private int SchoolOf(Departure row) => _schools.GetValueOrDefault(row.School, -1);

    private HashSet<ulong> Back()
    {
        var (now, wanted) = (_difference.Now, _gone.Select(row => row.Key).ToHashSet());
        var back = new HashSet<ulong>();
        for (var row = 0; row < now.Roster.Persons.Count; row++)
        {
            Note(now.HasPerson(row), now.Roster.Persons[row].Id);
        }

        for (var row = 0; row < now.Roster.Sections.Count; row++)
        {
            Note(now.HasSection(row), now.Roster.Sections[row].Id);
        }

        return back;

        void Note(bool isThere, EntityId id)
        {
            if (isThere && Departure.KeyOf(id) is var key && wanted.Contains(key))
            {
                back.Add(key);
            }
        }
    }
}
