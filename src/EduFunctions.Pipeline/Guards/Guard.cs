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
    private readonly BitArray _isDoubted;
    private readonly BitArray _isDoubtedSection;
    private readonly Tally _removals;
    private readonly Tally _changes;
    private readonly Tally _additions;
    private readonly Limit _otherHalf;
    private readonly DepartureWindow _window;
    private readonly Verdict _verdict;

    private Guard(
        RosterDifference difference, GuardSettings settings, Absences earlier, string run, bool isReleased, IReadOnlyCollection<string> absentSchools, DateOnly today)
    {
        (_difference, _settings, _earlier, _isReleased) = (difference, settings, earlier, isReleased);
        _verdict = new Verdict(difference) { Absences = new Absences(run) };
        _mustGo = MustGo(difference);
        _isPaired = new BitArray(difference.Persons.Count);
        _isDoubted = new BitArray(difference.Persons.Count);
        _isDoubtedSection = new BitArray(difference.Sections.Count);
        _removals = new Tally(
            Limit.Removals(settings), difference.Counts.Schools, school => absentSchools.Contains(SchoolId(school), StringComparer.OrdinalIgnoreCase));
        _changes = new Tally(Limit.Changes(settings), difference.Counts.Schools);
        _additions = new Tally(Limit.Additions(settings), difference.Counts.Schools);
        _otherHalf = Limit.Removals(settings);
        _window = new DepartureWindow(difference, settings, today);
        _window.CountIn(_removals);
    }

    /// <param name="earlier">What was missing in the runs before.</param>
    /// <param name="isReleased">True when an operator lets through what is over the limits.</param>
    /// <param name="absentSchools">Ids of schools that could not be pulled.</param>
    /// <param name="today">The day of the run.</param>
    public static Verdict Judge(
        RosterDifference difference, GuardSettings settings, Absences earlier, string run, bool isReleased, IReadOnlyCollection<string>? absentSchools = null,
        DateOnly today = default)
    {
        var guard = new Guard(difference, settings, earlier, run, isReleased, absentSchools ?? [], today);
        guard.KeepDoubted();
        guard.JudgePersons();
        guard.JudgeGuardians();
        guard.JudgeSections();
        guard.JudgeMembers();
        guard._verdict.Departures = guard._window.With(
            guard._verdict, guard._removals, rank => guard._mustGo[rank] || guard._isPaired[rank], isReleased);
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

    /// <summary>What is not understood is not absent. No limit counts it, and no approval lets it go.</summary>
    private void KeepDoubted()
    {
        for (var rank = 0; _verdict.Doubts is not null && rank < _isDoubted.Length; rank++)
        {
            _isDoubted[rank] = !_mustGo[rank] && _verdict.Doubts.KeepsPerson(rank) && !LeavesWithProtected(rank);
            _verdict.Persons[rank] = _isDoubted[rank] ? Fate.AsBefore : Fate.AsNow;
        }

        for (var rank = 0; _verdict.Doubts is not null && rank < _isDoubtedSection.Length; rank++)
        {
            _isDoubtedSection[rank] = _verdict.Doubts.KeepsSection(rank);
            _verdict.Sections[rank] = _isDoubtedSection[rank] ? Fate.AsBefore : Fate.AsNow;
        }
    }

    private void JudgePersons()
    {
        var rows = _difference.PersonRows;
        var pairs = new RekeyDetector(_difference).Persons(rank => !_mustGo[rank] && !_isDoubted[rank] && !IsStillThere(rank));
        var isPair = Pair(IsPerson, pairs, rows, _verdict.Persons, _difference.PersonId);
        _isPaired.Or(isPair);
        Settle(
            rows, _verdict.Persons, kind => kind is RowKind.Students or RowKind.Staff,
            rank => !_mustGo[rank] && !_isDoubted[rank] && !isPair[rank], _difference.PersonId);
        HoldDamaged(rows, _verdict.Persons, rank => _mustGo[rank] || _isDoubted[rank] ? TextDamage.None : DamageOfPerson(rank));
    }

    /// <summary>After the students: a guardian goes and stays with them.</summary>
    private void JudgeGuardians()
    {
        var rows = _difference.PersonRows;
        var isJudged = new BitArray(_difference.Persons.Count);
        foreach (var rank in rows.Moving.Rows)
        {
            if (rows[rank] is { Change: Change.Removed, Kind: RowKind.Guardians } && !_mustGo[rank] && !_isDoubted[rank] && !_isPaired[rank])
            {
                var (hasKept, hasStudent, hasProtected) = StudentsOf(rank);
                _verdict.Persons[rank] = hasKept ? Fate.AsBefore : Fate.AsNow;
                isJudged[rank] = !hasKept && (hasStudent || !hasProtected);
            }
        }

        Settle(
            rows, _verdict.Persons, kind => kind == RowKind.Guardians,
            rank => rows[rank].Change != Change.Removed ? !_mustGo[rank] && !_isDoubted[rank] : isJudged[rank], _difference.PersonId);
        foreach (var rank in rows.Moving.Rows)
        {
            if (rows[rank] is { Change: Change.Added, Kind: RowKind.Guardians } && WaitsForStudents(rank))
            {
                _verdict.Persons[rank] = Fate.NotYet;
            }
        }
    }

    private bool WaitsForStudents(int guardian)
    {
        foreach (var pair in _difference.Now.Guardianships(_difference.Persons.Now(guardian)))
        {
            if (_verdict.Persons[_difference.Persons.RankNow[pair.Student]] != Fate.NotYet)
            {
                return false;
            }
        }

        return !_difference.Now.Guardianships(_difference.Persons.Now(guardian)).IsEmpty;
    }

    private void JudgeSections()
    {
        var rows = _difference.SectionRows;
        var isPair = Pair(IsSection, new RekeyDetector(_difference).Sections(rank => !_isDoubtedSection[rank]), rows, _verdict.Sections, _difference.SectionId);
        Settle(rows, _verdict.Sections, IsSection, rank => !isPair[rank] && !_isDoubtedSection[rank], _difference.SectionId);
        HoldDamaged(rows, _verdict.Sections, rank => _isDoubtedSection[rank] ? TextDamage.None : DamageOfSection(rank));
    }

    /// <summary>Names that nobody has changed stay, however few they are: they would be sent to be mended by hand, one by one.</summary>
    private void HoldDamaged(RankedRows rows, Fate[] fates, Func<int, TextDamage> damageOf)
    {
        var counts = new SortedDictionary<(RowKind Kind, TextDamage Damage), int>();
        foreach (var rank in rows.Moving.Rows)
        {
            if (rows[rank].Change == Change.Changed && damageOf(rank) is not TextDamage.None and var damage)
            {
                var key = (rows[rank].Kind, damage);
                counts[key] = counts.GetValueOrDefault(key) + 1;
                fates[rank] = _isReleased ? fates[rank] : Fate.AsBefore;
            }
        }

        _verdict.Holds.AddRange(counts.Select(entry => new Hold(
            entry.Key.Damage == TextDamage.Misread ? HoldCode.TextMisread : HoldCode.TextLost, entry.Key.Kind, null, entry.Value,
            _difference.Counts.Total(entry.Key.Kind).Before, 0)));
    }

    private TextDamage DamageOfPerson(int rank)
    {
        var (before, now) = (_difference.Before.Roster, _difference.Now.Roster);
        var (was, becomes) = (before.Persons[_difference.Persons.Before(rank)].Texts, now.Persons[_difference.Persons.Now(rank)].Texts);
        return TextDamages.Of(before[was.GivenName], now[becomes.GivenName]) is not TextDamage.None and var damage
            ? damage
            : TextDamages.Of(before[was.FamilyName], now[becomes.FamilyName]);
    }

    private TextDamage DamageOfSection(int rank)
    {
        var (before, now) = (_difference.Before.Roster, _difference.Now.Roster);
        return TextDamages.Of(
            before[before.Sections[_difference.Sections.Before(rank)].Name], now[now.Sections[_difference.Sections.Now(rank)].Name]);
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

            var isDoubted = _verdict.Doubts is { } doubts && (doubts.HasSection(section) || (doubts.HasPerson(person) && !_mustGo[person]));
            _verdict.Members[at] = isDoubted || IsGraced(RowKind.Memberships, _difference.PersonId(person), _difference.SectionId(section));
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
        CountAll(_additions, isMeant);
        foreach (var rank in rows.Moving.Rows)
        {
            var row = rows[rank];
            if (!isMeant(row.Kind) || !isJudged(rank))
            {
                continue;
            }

            if (row.Change == Change.Removed && IsGraced(row.Kind, id(rank), default))
            {
                fates[rank] = Fate.AsBefore;
            }
            else
            {
                TallyOf(row.Change)?.Count(row.Kind, row.School);
            }
        }

        foreach (var kind in ChangeCounts.Kinds.Where(kind => isMeant(kind)))
        {
            _verdict.Holds.AddRange([.. _removals.Settle(kind, SchoolId), .. _changes.Settle(kind, SchoolId), .. _additions.Settle(kind, SchoolId)]);
            HoldOtherHalves(kind);
        }

        foreach (var rank in _isReleased ? [] : rows.Moving.Rows)
        {
            var row = rows[rank];
            if (isMeant(row.Kind) && isJudged(rank) && TallyOf(row.Change)?.IsHeld(row.Kind, row.School) == true)
            {
                fates[rank] = row.Change == Change.Added ? Fate.NotYet : Fate.AsBefore;
            }
        }
    }

    private Tally? TallyOf(Change change) => change switch
    {
        Change.Removed => _removals,
        Change.Changed => _changes,
        Change.Added => _additions,
        _ => null,
    };

    /// <summary>
    /// Where removals are held, additions in such a number may be the same rows under other ids that nothing gives away: with both at the target everybody
    /// would be there twice, so they wait for the same answer.
    /// </summary>
    private void HoldOtherHalves(RowKind kind)
    {
        for (var school = 0; school < _difference.Counts.Schools; school++)
        {
            var (count, of) = (_additions.Counted(kind, school), _additions.CountedOf(kind, school));
            if (_removals.IsHeld(kind, school) && _removals.Counted(kind, school) > 0 && !_additions.IsHeld(kind, school)
                && _otherHalf.IsPassedBySchool(kind, count, of))
            {
                _additions.Hold(kind, school);
                _verdict.Holds.Add(new Hold(HoldCode.OtherHalf, kind, SchoolId(school), count, of, _otherHalf.Percent));
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

    /// <summary>A guardian who has protected students only goes with them, whatever was not understood.</summary>
    private bool LeavesWithProtected(int rank) =>
        _difference.PersonRows[rank] is { Change: Change.Removed, Kind: RowKind.Guardians } && StudentsOf(rank) is (_, false, true);

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
