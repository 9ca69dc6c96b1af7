using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What the detectors share: the difference, what is counted in it, and the verdict they are at.</summary>
internal sealed class GuardedNight
{
    private static readonly HashSet<ulong> None = [];

    private readonly Absences _earlier;
    private readonly MovementWindow _window;
    private readonly DateOnly _today;
    private readonly Dictionary<Moved, Tally> _tallies;

    public GuardedNight(
        RosterDifference difference, GuardSettings settings, Absences earlier, string run, bool isReleased, IReadOnlyCollection<string> absentSchools, DateOnly today)
    {
        (Difference, Settings, IsReleased, _earlier, _today) = (difference, settings, isReleased, earlier, today);
        Verdict = new Verdict(difference) { Absences = new Absences(run) };
        Persons = new GuardedRows(difference.PersonRows, Verdict.Persons, difference.PersonId);
        Sections = new GuardedRows(difference.SectionRows, Verdict.Sections, difference.SectionId);
        Members = new OwnMembers(difference);
        Removals = new Tally(
            Limit.Removals(settings), difference.Counts.Schools, school => absentSchools.Contains(SchoolId(school), StringComparer.OrdinalIgnoreCase), Vanishes);
        Changes = new Tally(Limit.Changes(settings), difference.Counts.Schools);
        Additions = new Tally(Limit.Additions(settings), difference.Counts.Schools);
        _tallies = new() { [Moved.Left] = Removals, [Moved.Changed] = Changes, [Moved.Came] = Additions };
        _window = new MovementWindow(difference, settings, today);
        _window.CountIn(Removals, Moved.Left, None);
        _window.CountIn(Changes, Moved.Changed, KeysOf(Persons, Change.Changed).Concat(KeysOf(Sections, Change.Changed)).ToHashSet());
        _window.CountIn(Additions, Moved.Came, None);
        foreach (var rank in difference.Now.Roster.Protected.Rows.ToArray().Select(difference.FindPerson).Where(rank => rank >= 0))
        {
            Persons.MustGo[rank] = Persons.IsSettled[rank] = true;
        }
    }

    public RosterDifference Difference { get; }

    public GuardSettings Settings { get; }

    /// <summary>Whether an operator lets through what is over the limits.</summary>
    public bool IsReleased { get; }

    public Verdict Verdict { get; }

    public GuardedRows Persons { get; }

    public GuardedRows Sections { get; }

    public OwnMembers Members { get; }

    public Tally Removals { get; }

    public Tally Changes { get; }

    public Tally Additions { get; }

    /// <summary>What is looked for apart in the rows that change and come.</summary>
    public List<ColumnRow> Columns { get; } = [];

    /// <summary>A tally of its own, in which the nights before are counted.</summary>
    /// <param name="tonight">Keys of the rows that do the same tonight.</param>
    public Tally TallyOf(Moved moved, Limit limit, IReadOnlySet<ulong> tonight)
    {
        var tally = _tallies[moved] = new Tally(limit, Difference.Counts.Schools);
        _window.CountIn(tally, moved, tonight);
        return tally;
    }

    /// <summary>Says of how many rows a kind's counts are a part.</summary>
    public void CountAll(Tally tally, RowKind kind)
    {
        for (var school = 0; school < Difference.Counts.Schools; school++)
        {
            tally.CountOf(kind, school, Difference.Counts[kind, school].Before);
        }
    }

    /// <summary>Whether something is missing, though not for long enough yet. Notes that it is.</summary>
    public bool IsGraced(RowKind kind, EntityId id, EntityId section = default) =>
        Settings.RemoveAfterRuns > 1 && Verdict.Absences.Note(_earlier, kind, id, section) < Settings.RemoveAfterRuns;

    public string? SchoolId(int school) => Difference.UnitId(school) is { IsNone: false } id ? id.ToString() : null;

    /// <summary>What becomes of the students a guardian had.</summary>
    /// <param name="guardian">Rank of the guardian.</param>
    public (bool HasKept, bool HasStudent, bool HasProtected) StudentsOf(int guardian)
    {
        var (hasKept, hasStudent, hasProtected) = (false, false, false);
        foreach (var pair in Difference.Before.Guardianships(Difference.Persons.Before(guardian)))
        {
            var student = Difference.Persons.RankBefore[pair.Student];
            hasProtected |= Persons.MustGo[student];
            hasKept |= Verdict.Persons[student] == Fate.AsBefore && Difference.PersonRows[student].Change == Change.Removed;
            hasStudent |= Difference.Persons.Now(student) >= 0;
        }

        return (hasKept, hasStudent, hasProtected);
    }

    /// <summary>Last of all: what the nights to come have to count, and what a refusal would take back.</summary>
    public void Close()
    {
        Verdict.Movements = _window.After(
            NightMovements.Of(this, _today), (moved, kind, school) => IsReleased && _tallies.TryGetValue(moved, out var tally) && tally.IsHeld(kind, school));
        Verdict.Arrivals = IsReleased ? [] : Arrivals.Of(Difference, Verdict, _today);
    }

    /// <summary>Whether nobody and nothing of a school is left, of which there was more than one or two rows.</summary>
    private bool Vanishes(int school)
    {
        var (before, removed) = (0, 0);
        foreach (var kind in school == Difference.Counts.Schools - 1 ? [] : (RowKind[])[RowKind.Students, RowKind.Staff, RowKind.Sections])
        {
            before += Difference.Counts[kind, school].Before;
            removed += Difference.Counts[kind, school].Removed;
        }

        return Settings.MinHalved > 0 && before >= Settings.MinHalved && removed == before;
    }

    private static IEnumerable<ulong> KeysOf(GuardedRows rows, Change change) =>
        rows.Moving.Where(rank => rows[rank].Change == change).Select(rank => Movement.KeyOf(rows.Id(rank)));
}

/// <summary>A person or a section of which something is looked for apart from all other changes.</summary>
internal readonly record struct ColumnRow(GuardedRows Rows, int Rank, Moved Moved);
