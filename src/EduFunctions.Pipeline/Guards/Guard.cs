using System.Collections;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// Judges a difference: protected persons go whatever else happens; who comes again under a new id waits; who is missing for too short a time stays;
/// of the rest, what is over a limit stays. Additions and updates within the limits flow.
/// </summary>
internal sealed class Guard
{
    private readonly RosterDifference _difference;
    private readonly GuardSettings _settings;
    private readonly Absences _earlier;
    private readonly bool _isReleased;
    private readonly BitArray _mustGo;
    private readonly BitArray _isPaired;
    private readonly Tally _removals;
    private readonly Tally _changes;
    private readonly Verdict _verdict;

    private Guard(
        RosterDifference difference, GuardSettings settings, Absences earlier, string run, bool isReleased, IReadOnlyCollection<string> absentSchools)
    {
        (_difference, _settings, _earlier, _isReleased) = (difference, settings, earlier, isReleased);
        _verdict = new Verdict(difference) { Absences = new Absences(run) };
        _mustGo = MustGo(difference);
        _isPaired = new BitArray(difference.Persons.Count);
        _removals = new Tally(
            Limit.Removals(settings), difference.Counts.Schools, school => absentSchools.Contains(SchoolId(school), StringComparer.OrdinalIgnoreCase));
        _changes = new Tally(Limit.Changes(settings), difference.Counts.Schools);
    }

    /// <param name="earlier">What was missing in the runs before.</param>
    /// <param name="isReleased">True when an operator lets through what is over the limits.</param>
    /// <param name="absentSchools">Ids of schools that could not be pulled.</param>
    public static Verdict Judge(
        RosterDifference difference, GuardSettings settings, Absences earlier, string run, bool isReleased, IReadOnlyCollection<string>? absentSchools = null)
    {
        var guard = new Guard(difference, settings, earlier, run, isReleased, absentSchools ?? []);
        guard.JudgePersons();
        guard.JudgeGuardians();
        guard.JudgeSections();
        guard.JudgeMembers();
        return guard._verdict;
    }

    /// <summary>Everything as it was, but for the protected and their guardians: for rosters of earlier days.</summary>
    public static Verdict KeepAll(RosterDifference difference)
    {
        var unlimited = new GuardSettings { MinRemoved = 0, MaxRemovedPercent = 0 };
        return Judge(difference, unlimited, Absences.None, "", isReleased: false);
    }

    /// <summary>By rank: who has become protected.</summary>
    private static BitArray MustGo(RosterDifference difference)
    {
        var mustGo = new BitArray(difference.Persons.Count);
        foreach (var id in difference.Now.Roster.Protected.Rows)
        {
            if (difference.FindPerson(id) is >= 0 and var rank)
            {
                mustGo[rank] = true;
            }
        }

        return mustGo;
    }

    private void JudgePersons()
    {
        var rows = _difference.PersonRows;
        var isPair = Pair(
            IsPerson, new RekeyDetector(_difference).Persons(rank => !_mustGo[rank] && !IsStillThere(rank)), rows, _verdict.Persons, _difference.PersonId);
        _isPaired.Or(isPair);
        Settle(rows, _verdict.Persons, kind => kind is RowKind.Students or RowKind.Staff, rank => !_mustGo[rank] && !isPair[rank], _difference.PersonId);
    }

    /// <summary>After the students: a guardian goes and stays with them.</summary>
    private void JudgeGuardians()
    {
        var rows = _difference.PersonRows;
        var isJudged = new BitArray(_difference.Persons.Count);
        foreach (var rank in rows.Moving.Rows)
        {
            if (rows[rank] is { Change: Change.Removed, Kind: RowKind.Guardians } && !_mustGo[rank] && !_isPaired[rank])
            {
                var (hasKept, hasStudent, hasProtected) = StudentsOf(rank);
                _verdict.Persons[rank] = hasKept ? Fate.AsBefore : Fate.AsNow;
                isJudged[rank] = !hasKept && (hasStudent || !hasProtected);
            }
        }

        Settle(
            rows, _verdict.Persons, kind => kind == RowKind.Guardians,
            rank => rows[rank].Change != Change.Removed ? !_mustGo[rank] : isJudged[rank], _difference.PersonId);
    }

    private void JudgeSections()
    {
        var rows = _difference.SectionRows;
        var isPair = Pair(IsSection, new RekeyDetector(_difference).Sections(), rows, _verdict.Sections, _difference.SectionId);
        Settle(rows, _verdict.Sections, IsSection, rank => !isPair[rank], _difference.SectionId);
    }

    /// <summary>Only rows that go although their section and person stay; the others go and stay with those.</summary>
    private void JudgeMembers()
    {
        var removed = _difference.RemovedMembers;
        var isDue = new bool[removed.Count];
        CountAll(_removals, kind => kind == RowKind.Memberships);
        for (var at = 0; at < removed.Count; at++)
        {
            var member = _difference.Before.Roster.Members[removed[at]];
            var (section, person) = (_difference.Sections.RankBefore[member.Section], _difference.Persons.RankBefore[member.Person]);
            if (_difference.SectionRows[section].Change == Change.Removed || _difference.PersonRows[person].Change == Change.Removed)
            {
                continue;
            }

            _verdict.Members[at] = IsGraced(RowKind.Memberships, _difference.PersonId(person), _difference.SectionId(section));
            isDue[at] = !_verdict.Members[at];
            if (isDue[at])
            {
                _removals.Count(RowKind.Memberships, _difference.SectionRows[section].School);
            }
        }

        _verdict.Holds.AddRange(_removals.Settle(RowKind.Memberships, SchoolId));
        for (var at = 0; at < removed.Count; at++)
        {
            var isHeld = isDue[at] && !_isReleased && _removals.IsHeld(RowKind.Memberships, _difference.SchoolOfMember(removed[at]));
            _verdict.Members[at] |= isHeld;
        }
    }

    /// <summary>Marks the pairs that are over the limit; neither the old nor the new id moves until they are released.</summary>
    private BitArray Pair(Predicate<RowKind> isMeant, List<(int Removed, int Added)> pairs, RankedRows rows, Fate[] fates, Func<int, EntityId> id)
    {
        var tally = new Tally(Limit.Rekeyed(_settings), _difference.Counts.Schools);
        foreach (var rank in rows.Moving.Rows)
        {
            tally.CountOf(rows[rank].Kind, rows[rank].School, rows[rank].Change == Change.Removed ? 1 : 0);
        }

        foreach (var (removed, _) in pairs)
        {
            tally.Count(rows[removed].Kind, rows[removed].School);
        }

        foreach (var kind in ChangeCounts.Kinds.Where(kind => isMeant(kind)))
        {
            _verdict.Holds.AddRange(tally.Settle(kind, SchoolId));
        }

        var isPaired = new BitArray(fates.Length);
        foreach (var (removed, added) in pairs.Where(pair => tally.IsHeld(rows[pair.Removed].Kind, rows[pair.Removed].School)))
        {
            _verdict.Pairs.Add(new IdPair(rows[removed].Kind, id(removed).ToString(), id(added).ToString()));
            isPaired[removed] = true;
            (fates[removed], fates[added]) = _isReleased ? (Fate.AsNow, Fate.AsNow) : (Fate.AsBefore, Fate.NotYet);
        }

        return isPaired;
    }

    /// <summary>Counts what is due, then keeps what is over the limits.</summary>
    private void Settle(RankedRows rows, Fate[] fates, Predicate<RowKind> isMeant, Predicate<int> isJudged, Func<int, EntityId> id)
    {
        CountAll(_removals, isMeant);
        CountAll(_changes, isMeant);
        foreach (var rank in rows.Moving.Rows)
        {
            var row = rows[rank];
            if (row.Change is not (Change.Removed or Change.Changed) || !isMeant(row.Kind) || !isJudged(rank))
            {
                continue;
            }

            if (row.Change == Change.Changed)
            {
                _changes.Count(row.Kind, row.School);
            }
            else if (IsGraced(row.Kind, id(rank), default))
            {
                fates[rank] = Fate.AsBefore;
            }
            else
            {
                _removals.Count(row.Kind, row.School);
            }
        }

        foreach (var kind in ChangeCounts.Kinds.Where(kind => isMeant(kind)))
        {
            _verdict.Holds.AddRange([.. _removals.Settle(kind, SchoolId), .. _changes.Settle(kind, SchoolId)]);
        }

        foreach (var rank in _isReleased ? [] : rows.Moving.Rows)
        {
            var row = rows[rank];
            var tally = row.Change == Change.Removed ? _removals : row.Change == Change.Changed ? _changes : null;
            if (tally is not null && isMeant(row.Kind) && isJudged(rank) && tally.IsHeld(row.Kind, row.School))
            {
                fates[rank] = Fate.AsBefore;
            }
        }
    }

    private void CountAll(Tally tally, Predicate<RowKind> isMeant)
    {
        foreach (var kind in ChangeCounts.Kinds.Where(kind => isMeant(kind)))
        {
            for (var school = 0; school < _difference.Counts.Schools; school++)
            {
                tally.CountOf(kind, school, _difference.Counts[kind, school].Before);
            }
        }
    }

    private bool IsGraced(RowKind kind, EntityId id, EntityId section) =>
        _settings.RemoveAfterRuns > 1 && _verdict.Absences.Note(_earlier, kind, id, section) < _settings.RemoveAfterRuns;

    private (bool HasKept, bool HasStudent, bool HasProtected) StudentsOf(int guardian)
    {
        var (hasKept, hasStudent, hasProtected) = (false, false, false);
        foreach (var pair in _difference.Before.Guardianships(_difference.Persons.Before(guardian)))
        {
            var student = _difference.Persons.RankBefore[pair.Student];
            hasProtected |= _mustGo[student];
            hasKept |= _verdict.Persons[student] == Fate.AsBefore && _difference.PersonRows[student].Change == Change.Removed;
            hasStudent |= _difference.Persons.Now(student) >= 0;
        }

        return (hasKept, hasStudent, hasProtected);
    }

    private static bool IsPerson(RowKind kind) => kind < RowKind.Sections;

    private static bool IsSection(RowKind kind) => kind == RowKind.Sections;

    private bool IsStillThere(int rank) => _difference.Now.HasPerson(_difference.Persons.Now(rank));

    private string? SchoolId(int school) => _difference.UnitId(school) is { IsNone: false } id ? id.ToString() : null;
}
