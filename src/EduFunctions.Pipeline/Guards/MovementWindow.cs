using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// What has left, come and changed in the nights before and is still so: a few every night are many in two weeks. Only days with the limits of today count,
/// so that the end of a school year is not held against the weeks after it; the others are remembered all the same.
/// </summary>
internal sealed class MovementWindow
{
    /// <summary>How long movements are remembered, also in a night that does not count them.</summary>
    private const int DaysAtLeast = 14;

    /// <summary>In so many nights has a day to be too late or too long ago before it is believed: a wrong clock forgets nothing.</summary>
    private const int StraysAtMost = 3;

    private readonly RosterDifference _difference;
    private readonly GuardSettings _settings;
    private readonly int _today;
    private readonly List<Movement> _known;
    private readonly Dictionary<EntityId, int> _schools;

    public MovementWindow(RosterDifference difference, GuardSettings settings, DateOnly today)
    {
        (_difference, _settings, _today) = (difference, settings, today.DayNumber);
        var movements = difference.Before.Selection!.Movements;
        _schools = movements.Count == 0 ? [] : Enumerable.Range(0, difference.Units.Count).ToDictionary(difference.UnitId);
        var present = PresentRows.Find(difference, [.. movements.Select(row => row.Key)]);
        _known = [.. movements.Where(row => IsStillSo(row, present))];
    }

    /// <param name="tonight">Keys of the rows that do the same tonight: those count once.</param>
    public void CountIn(Tally tally, Moved moved, IReadOnlySet<ulong> tonight)
    {
        foreach (var row in _known.Where(row => row.Moved == moved && Counts(row) && !tonight.Contains(row.Key)))
        {
            tally.CountEarlier((RowKind)row.Kind, SchoolOf(row));
        }
    }

    /// <summary>What the next nights have to count.</summary>
    /// <param name="isReleased">What somebody has released is not held against anything later.</param>
    public IReadOnlyList<Movement> After(IReadOnlyList<Movement> tonight, Func<Moved, RowKind, int, bool> isReleased)
    {
        var repeated = tonight.Select(row => (row.Key, row.Moved)).ToHashSet();
        return
        [
            .. _known.Where(row => !repeated.Contains((row.Key, row.Moved))).Select(Aged).OfType<Movement>().Concat(tonight)
                .Where(row => !isReleased(row.Moved, (RowKind)row.Kind, SchoolOf(row))),
        ];
    }

    private bool Counts(in Movement row) => row.Day > _today - _settings.WindowDays && _settings.WindowDays > 0
        && (IsColumn(row.Moved) || _settings.IsAlike(DateOnly.FromDayNumber(row.Day), DateOnly.FromDayNumber(_today)));

    /// <summary>No window of the year has other limits for them.</summary>
    private static bool IsColumn(Moved moved) => moved is not (Moved.Left or Moved.Came or Moved.Changed);

    private Movement? Aged(Movement row)
    {
        var isAhead = row.Day > _today;
        var isPast = row.Day <= _today - Math.Max(_settings.WindowDays, DaysAtLeast);
        return !isAhead && !isPast ? row with { Strays = 0 }
            : row.Strays + 1 < StraysAtMost ? row with { Strays = (ushort)(row.Strays + 1) }
            : isAhead ? row with { Strays = 0, Day = _today }
            : null;
    }

    private static bool IsStillSo(in Movement row, IReadOnlyDictionary<ulong, RowKind> present)
    {
        var isThere = present.TryGetValue(row.Key, out var kind);
        return row.Moved is Moved.Left or Moved.BecameProtected ? !isThere || RosterPair.IsLower((RowKind)row.Kind, kind) : isThere;
    }

    private int SchoolOf(in Movement row) => _schools.GetValueOrDefault(row.School, -1);
}
