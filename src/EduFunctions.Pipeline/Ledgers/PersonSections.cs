using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>The sections of each person, as member or teacher, each once and in order.</summary>
internal sealed class PersonSections
{
    private readonly int[] _starts;
    private readonly int[] _rows;

    /// <summary>Two processors take half of the sections each; what a person has of the first half stands before what it has of the second.</summary>
    public PersonSections(Roster roster)
    {
        var (members, teachers) = (roster.Members, roster.Teachers);
        var member = members.Count / 2;
        var teacher = members.Count == 0 ? 0 : FirstFrom(teachers, members[member]);
        var (early, late) = (new int[roster.Persons.Count + 1], new int[roster.Persons.Count + 1]);
        Parallel.Invoke(
            () => CountPairs(early, new Belonging(members.Rows[..member], teachers.Rows[..teacher])),
            () => CountPairs(late, new Belonging(members.Rows[member..], teachers.Rows[teacher..])));
        _rows = GC.AllocateUninitializedArray<int>(Place(early, late));
        Parallel.Invoke(
            () => Fill(early, new Belonging(members.Rows[..member], teachers.Rows[..teacher])),
            () => Fill(late, new Belonging(members.Rows[member..], teachers.Rows[teacher..])));

        // Where each person's would go on is where the next one's begin.
        _starts = late;
    }

    public int Count => _rows.Length;

    /// <summary>Rows of the roster's sections, person by person.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Where a person's begin, by row of the roster.</summary>
    public int Start(int person) => _starts[person];

    private static int FirstFrom(Table<SectionPerson> rows, SectionPerson from)
    {
        var (first, end) = (0, rows.Count);
        while (first < end)
        {
            var middle = (first + end) / 2;
            (first, end) = rows[middle].CompareTo(from) < 0 ? (middle + 1, end) : (first, middle);
        }

        return first;
    }

    /// <summary>Of the person of row n at n + 1.</summary>
    private static void CountPairs(int[] counts, Belonging pairs)
    {
        foreach (var pair in pairs)
        {
            counts[pair.Person + 1]++;
        }
    }

    /// <summary>Puts where each person's begin in the places of their numbers.</summary>
    /// <returns>The number of all.</returns>
    private static int Place(int[] early, int[] late)
    {
        var start = 0;
        for (var at = 0; at < early.Length; at++)
        {
            var (first, second) = (early[at], late[at]);
            (early[at], late[at]) = (start, start + first);
            start += first + second;
        }

        return start;
    }

    private void Fill(int[] next, Belonging pairs)
    {
        foreach (var pair in pairs)
        {
            _rows[next[pair.Person + 1]++] = pair.Section;
        }
    }

    /// <summary>Members and teachers as one list, as both are sorted: by section, then person. Who is both comes once.</summary>
    private ref struct Belonging(ReadOnlySpan<SectionPerson> members, ReadOnlySpan<SectionPerson> teachers)
    {
        private readonly ReadOnlySpan<SectionPerson> _members = members;
        private readonly ReadOnlySpan<SectionPerson> _teachers = teachers;
        private int _member;
        private int _teacher;

        public SectionPerson Current { get; private set; }

        public readonly Belonging GetEnumerator() => this;

        public bool MoveNext()
        {
            var (hasMember, hasTeacher) = (_member < _members.Length, _teacher < _teachers.Length);
            if (!hasMember && !hasTeacher)
            {
                return false;
            }

            var order = !hasTeacher ? -1 : !hasMember ? 1 : _members[_member].CompareTo(_teachers[_teacher]);
            Current = order <= 0 ? _members[_member] : _teachers[_teacher];
            _member += order <= 0 ? 1 : 0;
            _teacher += order >= 0 ? 1 : 0;
            return true;
        }
    }
}
