using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Ledgers;

/// <summary>The sections of each person, as member or teacher, each once and in order.</summary>
internal sealed class PersonSections
{
    private readonly int[] _starts;
    private readonly int[] _rows;

    public PersonSections(Roster roster)
    {
        var next = new int[roster.Persons.Count + 2];
        foreach (var pair in new Belonging(roster))
        {
            next[pair.Person + 2]++;
        }

        for (var at = 1; at < next.Length; at++)
        {
            next[at] += next[at - 1];
        }

        _rows = GC.AllocateUninitializedArray<int>(next[^1]);
        foreach (var pair in new Belonging(roster))
        {
            _rows[next[pair.Person + 1]++] = pair.Section;
        }

        // Where each person's would go on is where the next one's begin.
        _starts = next;
    }

    public int Count => _rows.Length;

    /// <summary>Rows of the roster's sections, person by person.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Where a person's begin, by row of the roster.</summary>
    public int Start(int person) => _starts[person];

    /// <summary>Members and teachers as one list, as both are sorted: by section, then person. Who is both comes once.</summary>
    private ref struct Belonging(Roster roster)
    {
        private readonly ReadOnlySpan<SectionPerson> _members = roster.Members.Rows;
        private readonly ReadOnlySpan<SectionPerson> _teachers = roster.Teachers.Rows;
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
