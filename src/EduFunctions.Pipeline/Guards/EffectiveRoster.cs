using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>
/// The roster as a feed gets it: tonight's, with the rows that stay as they were delivered last and without those that do not come yet. Whatever
/// a row refers to comes along with it, so that the result is as whole as a roster that was built.
/// </summary>
internal sealed class EffectiveRoster
{
    private readonly RosterDifference _difference;
    private readonly Verdict _verdict;
    private readonly RowCopier _copy;
    private readonly Roster _roster;
    private readonly int[] _persons;
    private readonly List<int> _students = [];

    private EffectiveRoster(RosterDifference difference, Verdict verdict)
    {
        (_difference, _verdict) = (difference, verdict);
        _copy = new RowCopier(difference.Before.Roster, difference.Now.Roster);
        _roster = _copy.Roster;
        _persons = new int[difference.Persons.Count];
    }

    public static Roster Of(RosterDifference difference, Verdict verdict)
    {
        var effective = new EffectiveRoster(difference, verdict);
        effective.AddPersons();
        effective.AddPersonRows();
        effective.AddSections();
        effective.AddMembers();
        effective._copy.Complete();
        effective._roster.Doubts.Add([.. difference.Now.Roster.Doubts.Rows.ToArray().Where(doubt => !verdict.Strangers.Holds(doubt))]);
        return effective._roster;
    }

    /// <summary>By row of the effective persons, or sections: the earlier row of one that stays as it was, else -1.</summary>
    public static int[] Kept(Alignment ranks, Fate[] fates)
    {
        var kept = new List<int>(fates.Length);
        for (var rank = 0; rank < fates.Length; rank++)
        {
            var (isBefore, row) = Row(ranks, fates, rank);
            if (row >= 0)
            {
                kept.Add(isBefore ? row : -1);
            }
        }

        return [.. kept];
    }

    /// <summary>By row of the effective persons: the rank.</summary>
    public static int[] Ranks(Alignment ranks, Fate[] fates) => [.. Enumerable.Range(0, fates.Length).Where(rank => Row(ranks, fates, rank).Row >= 0)];

    private static (bool IsBefore, int Row) Row(Alignment ranks, Fate[] fates, int rank) => fates[rank] switch
    {
        Fate.AsBefore => (true, ranks.Before(rank)),
        Fate.AsNow => (false, ranks.Now(rank)),
        _ => (false, -1),
    };

    private (bool IsBefore, int Row) Person(int rank) => Row(_difference.Persons, _verdict.Persons, rank);

    private RosterSide Side(bool isBefore) => isBefore ? _difference.Before : _difference.Now;

    private void AddPersons()
    {
        for (var rank = 0; rank < _persons.Length; rank++)
        {
            var (isBefore, row) = Person(rank);
            _persons[rank] = row < 0 ? -1 : _roster.Persons.Count;
            if (row >= 0)
            {
                var roster = Side(isBefore).Roster;
                _roster.Persons.Add(_copy.Person(roster.Persons[row], isBefore));
                _roster.Identities.Add(roster.Identities.Count > row ? roster.Identities[row] : default);
            }
        }
    }

    private void AddPersonRows()
    {
        for (var rank = 0; rank < _persons.Length; rank++)
        {
            var (isBefore, row) = Person(rank);
            if (row < 0)
            {
                continue;
            }

            var (side, person) = (Side(isBefore), _persons[rank]);
            foreach (var place in side.StudentUnits(row))
            {
                _roster.StudentUnits.Add(place with { Person = person, Unit = _copy.Unit(place.Unit, isBefore), Kind = _copy.SchoolType(place.Kind, isBefore) });
            }

            foreach (var place in side.StaffUnits(row))
            {
                _roster.StaffUnits.Add(place with { Person = person, Unit = _copy.Unit(place.Unit, isBefore), Kind = _copy.DutyRole(place.Kind, isBefore) });
            }

            foreach (var identifier in side.Identifiers(row))
            {
                _roster.Identifiers.Add(new PersonIdentifier
                {
                    Person = person,
                    Context = _copy.IdentifierContext(identifier.Context, isBefore),
                    Value = _copy.Text(identifier.Value, isBefore),
                });
            }

            AddGuardianships(rank, isBefore);
        }
    }

    private void AddGuardianships(int rank, bool isBefore)
    {
        _students.Clear();
        foreach (var pair in _difference.Persons.Now(rank) is >= 0 and var now && !isBefore ? _difference.Now.Guardianships(now) : [])
        {
            _students.Add(_persons[_difference.Persons.RankNow[pair.Student]]);
        }

        foreach (var pair in _difference.Persons.Before(rank) is >= 0 and var before ? _difference.Before.Guardianships(before) : [])
        {
            var student = _difference.Persons.RankBefore[pair.Student];
            if (isBefore || StaysBack(student))
            {
                _students.Add(_persons[student]);
            }
        }

        _students.Sort();
        foreach (var student in _students.Where(student => student >= 0).Distinct())
        {
            _roster.Guardianships.Add(new Guardianship { Guardian = _persons[rank], Student = student });
        }
    }

    private void AddSections()
    {
        for (var rank = 0; rank < _difference.Sections.Count; rank++)
        {
            var (isBefore, row) = Row(_difference.Sections, _verdict.Sections, rank);
            if (row >= 0)
            {
                _roster.Sections.Add(_copy.Section(Side(isBefore).Roster.Sections[row], isBefore));
            }
        }
    }

    private void AddMembers()
    {
        var removed = _difference.RemovedMembers;
        for (var (rank, section, at) = (0, 0, 0); rank < _difference.Sections.Count; rank++)
        {
            var (isBefore, row) = Row(_difference.Sections, _verdict.Sections, rank);
            var (before, now) = (_difference.Sections.Before(rank), _difference.Sections.Now(rank));
            var members = new List<int>();
            CollectComing(members, now);
            for (; at < removed.Count && _difference.Before.Roster.Members[removed[at]].Section == before; at++)
            {
                var person = _difference.Persons.RankBefore[_difference.Before.Roster.Members[removed[at]].Person];
                if (_verdict.KeepsMember(at))
                {
                    members.Add(_persons[person]);
                }
            }

            if (row >= 0)
            {
                Add(_roster.Members, section, members);
                Add(_roster.Teachers, section, Leaders(before, now, isBefore, static (side, of) => side.Teachers(of)));
                Add(_roster.Mentors, section, Leaders(before, now, isBefore, static (side, of) => side.Mentors(of)));
                section++;
            }
        }
    }

    private void CollectComing(List<int> members, int section)
    {
        var row = section < 0 ? 0 : _difference.Now.FirstMember(section);
        foreach (var member in section < 0 ? [] : _difference.Now.Members(section))
        {
            if (!_verdict.LateMembers.Contains(row++))
            {
                members.Add(_persons[_difference.Persons.RankNow[member.Person]]);
            }
        }
    }

    private List<int> Leaders(int before, int now, bool isBefore, SectionRows rows)
    {
        var leaders = new List<int>();
        Collect(leaders, _difference.Now, isBefore ? -1 : now, rows, _ => true);
        Collect(leaders, _difference.Before, before, rows, rank => isBefore || StaysBack(rank));
        return leaders;
    }

    private delegate ReadOnlySpan<SectionPerson> SectionRows(RosterSide side, int section);

    private void Collect(List<int> persons, RosterSide side, int section, SectionRows rows, Predicate<int> isWanted)
    {
        var ranks = ReferenceEquals(side, _difference.Before) ? _difference.Persons.RankBefore : _difference.Persons.RankNow;
        foreach (var row in section < 0 ? [] : rows(side, section))
        {
            if (isWanted(ranks[row.Person]))
            {
                persons.Add(_persons[ranks[row.Person]]);
            }
        }
    }

    private static void Add(Table<SectionPerson> table, int section, List<int> persons)
    {
        persons.Sort();
        foreach (var (at, person) in persons.Index())
        {
            if (person >= 0 && (at == 0 || persons[at - 1] != person))
            {
                table.Add(new SectionPerson(section, person));
            }
        }
    }

    /// <summary>Whether tonight's roster has lost the person, or not understood it, so that its rows about others do not tell of this one.</summary>
    private bool StaysBack(int rank) => _verdict.Persons[rank] == Fate.AsBefore
        && (_difference.PersonRows[rank].Change == Change.Removed || _verdict.Doubts?.HasPerson(rank) == true);
}
