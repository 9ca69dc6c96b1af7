using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What the detectors share: the difference, what is counted in it, and the verdict they are at.</summary>
internal sealed class GuardedNight
{
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
        _tallies = new() { [Moved.Left] = Removals, [Moved.Changed] = Changes, [Moved.ChangedSchool] = Changes, [Moved.Came] = Additions };
        _window = new MovementWindow(difference, settings, today);
        _window.CountIn(Removals, Moved.Left);
        _window.CountIn(Changes, Moved.Changed);
        _window.CountIn(Additions, Moved.Came);
        foreach (var rank in difference.Now.Roster.Protected.Rows.ToArray().Select(difference.FindPerson).Where(rank => rank >= 0))
        {
            Persons.MustGo[rank] = Persons.IsSettled[rank] = true;
        }

        foreach (var rank in difference.Telling.Select(difference.FindPerson).Where(rank => rank >= 0))
        {
            Persons.MustGo[rank] |= Persons[rank].Change == Change.Removed;
            Persons.IsSettled[rank] = true;
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
    public Tally TallyOf(Moved moved, Limit limit)
    {
        var tally = _tallies[moved] = new Tally(limit, Difference.Counts.Schools);
        _window.CountIn(tally, moved);
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

    /// <summary>The same for removals: of the rows that were there when the window began, where they were then.</summary>
    public void CountAtBegin(RowKind kind)
    {
        CountAll(Removals, kind);
        for (var school = 0; school < Difference.Counts.Schools; school++)
        {
            Removals.CountOf(kind, school, AreFew(kind, school) ? -_window.CameAt(kind, school) : 0);
        }

        var rows = kind == RowKind.Sections ? Sections : Persons;
        for (var rank = 0; _window.HasMoved && kind != RowKind.Memberships && rank < rows.Fates.Length; rank++)
        {
            if (rows[rank] is { Change: not (Change.Absent or Change.Added) } row && row.Kind == kind && SchoolAtBegin(Movement.KeyOf(rows.Id(rank)), row.School) is var former && former != row.School)
            {
                Removals.CountOf(kind, former);
                Removals.CountOf(kind, row.School, -1);
            }
        }
    }

    /// <summary>Whether a school had nothing of a kind, so that no share of it can be told.</summary>
    public bool IsNewSchool(RowKind kind, int school) => Difference.Counts[kind, school].Before == 0;

    /// <summary>Where a row that goes counted when the window began: whoever moves to a large school and goes there is gone from the small one.</summary>
    public int SchoolOfLeaving(GuardedRows rows, int rank) => SchoolAtBegin(Movement.KeyOf(rows.Id(rank)), rows[rank].School);

    /// <inheritdoc cref="MovementWindow.SchoolAtBegin"/>
    public int SchoolAtBegin(ulong key, int school) => _window.SchoolAtBegin(key, school);

    /// <inheritdoc cref="MovementWindow.HasLeft"/>
    public bool HasLeft(ulong key) => _window.HasLeft(key);

    /// <summary>
    /// Whether a row that goes has come within the window, and within the limits: what was not there when it began is no loss, and a source that is mended takes
    /// it back. Where more have come than may in an ordinary night, as to a school that had nobody, they are counted.
    /// </summary>
    public bool HasJustCome(GuardedRows rows, int rank) =>
        rows[rank].Change == Change.Removed && HasJustCome(Movement.KeyOf(rows.Id(rank)), rows[rank].Kind, rows[rank].School);

    /// <inheritdoc cref="HasJustCome(GuardedRows, int)"/>
    /// <param name="at">Place among the removed members.</param>
    public bool HasJustCome(int at) => HasJustCome(Members.KeyOfLeaving(at), RowKind.Memberships, Members.SchoolOfLeaving(at));

    /// <summary>Whether a row has changed in the same way within the window: it is counted there, and often it becomes again what it was.</summary>
    public bool HasJustChanged(GuardedRows rows, int rank, Moved moved = Moved.Changed) =>
        rows[rank].Change == Change.Changed && _window.Has(Movement.KeyOf(rows.Id(rank)), moved);

    private bool HasJustCome(ulong key, RowKind kind, int school) => _window.Has(key, Moved.Came) && AreFew(kind, school);

    /// <summary>Whether no more have come than may in an ordinary night, and no more than there were: else a cut source would take away half a school.</summary>
    private bool AreFew(RowKind kind, int school)
    {
        var (came, of) = (_window.CameAt(kind, school), Difference.Counts[kind, school].Before);
        return 2 * came <= of && !Limit.Additions(Settings.Everyday).IsPassedBySchool(kind, came, of - came);
    }

    /// <summary>Whether something is missing, though not for long enough yet. Notes that it is.</summary>
    public bool IsGraced(RowKind kind, EntityId id, EntityId section = default) =>
        Settings.IsPatient && Settings.IsTooShort(Verdict.Absences.Note(_earlier, _today, kind, id, section));

    public string? SchoolId(int school) => Difference.UnitId(school) is { IsNone: false } id ? id.ToString() : null;

    /// <summary>What becomes of the students a guardian had.</summary>
    /// <param name="guardian">Rank of the guardian.</param>
    public (bool HasKept, bool HasStudent, bool HasProtected) StudentsOf(int guardian)
    {
        // Of a student who has long been gone from the target for the marking only tonight's roster tells.
        var (hasKept, hasStudent, hasProtected) = (false, false, Difference.Now.Roster.KeysOnly.Rows.BinarySearch(Persons.Id(guardian)) >= 0);
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
            NightMovements.Of(this, _today), Kept(), (moved, kind, school) => IsReleased && _tallies.TryGetValue(moved, out var tally) && tally.IsHeld(kind, school));
        Verdict.Arrivals = IsReleased ? [] : Arrivals.Of(Difference, Verdict, _today);
    }

    private HashSet<ulong> Kept() =>
    [
        .. Kept(Persons), .. Kept(Sections),
        .. Members.Leaving.Where(at => Verdict.Members[at]).Select(Members.KeyOfLeaving),
    ];

    private static IEnumerable<ulong> Kept(GuardedRows rows) =>
        rows.Moving.Where(rank => rows[rank].Change == Change.Removed && rows.Fates[rank] == Fate.AsBefore).Select(rank => Movement.KeyOf(rows.Id(rank)));

    /// <summary>Whether nobody and nothing of a school is left, of which there were a few rows.</summary>
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
}

/// <summary>A person or a section of which something is looked for apart from all other changes.</summary>
internal readonly record struct ColumnRow(GuardedRows Rows, int Rank, Moved Moved);
