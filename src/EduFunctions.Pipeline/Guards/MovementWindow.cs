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
    private readonly IReadOnlyList<Movement> _movements;
    private readonly List<Movement> _known;
    private readonly Dictionary<EntityId, int> _schools;
    private readonly HashSet<ulong> _left;
    private readonly HashSet<(ulong Key, Moved Moved)> _done;
    private readonly Dictionary<(RowKind Kind, int School), int> _cameAt;
    private readonly Dictionary<ulong, int> _formerSchools;

    public MovementWindow(RosterDifference difference, GuardSettings settings, DateOnly today)
    {
        (_difference, _settings, _today) = (difference, settings, today.DayNumber);
        var movements = _movements = difference.Before.Selection!.Movements;
        _schools = movements.Count == 0 ? [] : Enumerable.Range(0, difference.Units.Count).ToDictionary(difference.UnitId);
        var present = PresentRows.Find(difference, [.. movements.Select(row => row.Key)]);
        _known = [.. movements.Where(row => IsStillSo(row, present))];
        _left = [.. movements.Where(row => row.Moved == Moved.Left).Select(row => row.Key)];
        _done = [.. movements.Where(row => Counts(row)).Select(row => (row.Key, row.Moved))];
        _cameAt = movements.Where(row => row.Moved == Moved.Came && Counts(row)).CountBy(row => ((RowKind)row.Kind, SchoolOf(row))).ToDictionary();
        _formerSchools = [];
        foreach (var row in movements.Where(row => row.Moved == Moved.ChangedSchool && Counts(row)))
        {
            _formerSchools.TryAdd(row.Key, SchoolOf(row));
        }
    }

    /// <summary>Whether somebody counts at another school than when the window began.</summary>
    public bool HasMoved => _formerSchools.Count > 0;

    /// <summary>Whether a row has left in the nights before: it comes back, and was there when the window began.</summary>
    public bool HasLeft(ulong key) => _left.Contains(key);

    /// <summary>Whether a row has done the same within the window already: it counts once.</summary>
    public bool Has(ulong key, Moved moved) => _done.Contains((key, moved));

    /// <summary>How many of a school's rows were not there when the window began.</summary>
    public int CameAt(RowKind kind, int school) => _cameAt.GetValueOrDefault((kind, school));

    /// <summary>Where a row counted when the window began.</summary>
    /// <param name="school">Where it counts now.</param>
    public int SchoolAtBegin(ulong key, int school) => _formerSchools.GetValueOrDefault(key, school);

    public void CountIn(Tally tally, Moved moved)
    {
        foreach (var row in _known.Where(row => row.Moved == moved && Counts(row)))
        {
            tally.CountEarlier((RowKind)row.Kind, SchoolOf(row));
        }
    }

    /// <summary>What the next nights have to count.</summary>
    /// <param name="kept">Keys of the rows that would go and stay: what they have done before is remembered with them.</param>
    /// <param name="isReleased">What somebody has released is not held against anything later.</param>
    public IReadOnlyList<Movement> After(IReadOnlyList<Movement> tonight, IReadOnlySet<ulong> kept, Func<Moved, RowKind, int, bool> isReleased)
    {
        var repeated = tonight.Select(row => (row.Key, row.Moved)).ToHashSet();
        return
        [
            .. _known.Concat(_movements.Where(row => (row.Moved is Moved.Came or Moved.ChangedSchool) && kept.Contains(row.Key))).Distinct()
                .Where(row => !repeated.Contains((row.Key, row.Moved))).Select(Aged).OfType<Movement>().Concat(tonight)
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
            : !_settings.IsNight ? row
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
