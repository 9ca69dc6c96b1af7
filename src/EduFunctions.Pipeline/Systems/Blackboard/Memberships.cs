using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

internal readonly record struct Membership(int Section, int Person, bool Teaches);

/// <summary>Students and teachers of the sections in one order; who is both teaches.</summary>
internal ref struct Memberships(Roster roster)
{
    private ReadOnlySpan<SectionPerson> _students = roster.Members.Rows;
    private ReadOnlySpan<SectionPerson> _teachers = roster.Teachers.Rows;

    /// <summary>The next ones; none at the end.</summary>
    public int Read(scoped Span<Membership> memberships)
    {
        var count = 0;
        while (count < memberships.Length && !(_students.IsEmpty && _teachers.IsEmpty))
        {
            var order = _teachers.IsEmpty ? 1 : _students.IsEmpty ? -1 : _teachers[0].CompareTo(_students[0]);
            var pair = order <= 0 ? _teachers[0] : _students[0];
            _teachers = order <= 0 ? _teachers[1..] : _teachers;
            _students = order >= 0 ? _students[1..] : _students;
            memberships[count++] = new Membership(pair.Section, pair.Person, order <= 0);
        }

        return count;
    }
}
