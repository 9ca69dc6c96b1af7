using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What the detectors share: the difference, what is counted in it, and the verdict they are at.</summary>
internal sealed class GuardedNight
{
    private readonly Absences _earlier;
    private readonly DepartureWindow _window;
    private readonly DateOnly _today;

    public GuardedNight(
        RosterDifference difference, GuardSettings settings, Absences earlier, string run, bool isReleased, IReadOnlyCollection<string> absentSchools, DateOnly today)
    {
        (Difference, Settings, IsReleased, _earlier, _today) = (difference, settings, isReleased, earlier, today);
        Verdict = new Verdict(difference) { Absences = new Absences(run) };
        Persons = new GuardedRows(difference.PersonRows, Verdict.Persons, difference.PersonId);
        Sections = new GuardedRows(difference.SectionRows, Verdict.Sections, difference.SectionId);
        Removals = new Tally(
            Limit.Removals(settings), difference.Counts.Schools, school => absentSchools.Contains(SchoolId(school), StringComparer.OrdinalIgnoreCase));
        Changes = new Tally(Limit.Changes(settings), difference.Counts.Schools);
        Additions = new Tally(Limit.Additions(settings), difference.Counts.Schools);
        _window = new DepartureWindow(difference, settings, today);
        _window.CountIn(Removals);
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

    public Tally Removals { get; }

    public Tally Changes { get; }

    public Tally Additions { get; }

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
        Verdict.Departures = _window.With(Verdict, Removals, rank => Persons.MustGo[rank] || Persons.IsPaired[rank], IsReleased);
        Verdict.Arrivals = IsReleased ? [] : Arrivals.Of(Difference, Verdict, _today);
    }
}
