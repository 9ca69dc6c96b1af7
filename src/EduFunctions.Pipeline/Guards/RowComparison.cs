using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>Whether a person or a section is in two rosters with the same values; what they refer to is compared by id.</summary>
internal sealed class RowComparison(RosterSide before, RosterSide now, Alignment units, Alignment persons)
{
    private readonly Roster _before = before.Roster;
    private readonly Roster _now = now.Roster;

    /// <summary>By row of the earlier persons: the later row. One look-up where ranks would take two.</summary>
    private readonly int[] _personsNow = persons.RowsNow();
    private readonly int[] _schoolTypes = Numbers(before.Roster.Vocabulary.SchoolTypes, now.Roster.Vocabulary.SchoolTypes);
    private readonly int[] _dutyRoles = Numbers(before.Roster.Vocabulary.DutyRoles, now.Roster.Vocabulary.DutyRoles);
    private readonly int[] _groupTypes = Numbers(before.Roster.Vocabulary.GroupTypes, now.Roster.Vocabulary.GroupTypes);
    private readonly int[] _contexts = Numbers(before.Roster.Vocabulary.IdentifierContexts, now.Roster.Vocabulary.IdentifierContexts);

    public bool IsSamePerson(int left, int right)
    {
        ref readonly var a = ref _before.Persons[left];
        ref readonly var b = ref _now.Persons[right];
        return a.Roles == b.Roles && a.SchoolYear == b.SchoolYear
            && a.Texts.Equal(b.Texts, _before.Texts, _now.Texts)
            && IsSame(before.StudentUnits(left), now.StudentUnits(right), _schoolTypes)
            && IsSame(before.StaffUnits(left), now.StaffUnits(right), _dutyRoles)
            && IsSame(before.Identifiers(left), now.Identifiers(right))
            && IsSame(before.Guardianships(left), now.Guardianships(right));
    }

    public bool IsSameSection(int left, int right)
    {
        ref readonly var a = ref _before.Sections[left];
        ref readonly var b = ref _now.Sections[right];
        return a.Group == b.Group && _groupTypes[a.GroupType] == b.GroupType && units.RankBefore[a.Unit] == units.RankNow[b.Unit]
            && IsSame(a.Name, b.Name)
            && IsSameSyllabus(a.Syllabus, b.Syllabus)
            && IsSame(before.Teachers(left), now.Teachers(right))
            && IsSame(before.Mentors(left), now.Mentors(right));
    }

    public bool HasSameMembers(int left, int right) => IsSame(before.Members(left), now.Members(right));

    private bool IsSameSyllabus(int left, int right)
    {
        if (left < 0 || right < 0)
        {
            return left == right;
        }

        ref readonly var a = ref _before.Syllabuses[left];
        ref readonly var b = ref _now.Syllabuses[right];
        return a.Id == b.Id && IsSame(a.SubjectCode, b.SubjectCode) && IsSame(a.SubjectName, b.SubjectName)
            && IsSame(a.CourseCode, b.CourseCode) && IsSame(a.CourseName, b.CourseName);
    }

    private bool IsSame(Text left, Text right) => left.Length == right.Length && _before[left].SequenceEqual(_now[right]);

    private bool IsSame(ReadOnlySpan<PersonUnit> left, ReadOnlySpan<PersonUnit> right, int[] kinds)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var at = 0; at < left.Length; at++)
        {
            if (units.RankBefore[left[at].Unit] != units.RankNow[right[at].Unit] || left[at].Start != right[at].Start || kinds[left[at].Kind] != right[at].Kind)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSame(ReadOnlySpan<PersonIdentifier> left, ReadOnlySpan<PersonIdentifier> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var at = 0; at < left.Length; at++)
        {
            if (_contexts[left[at].Context] != right[at].Context || !IsSame(left[at].Value, right[at].Value))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSame(ReadOnlySpan<Guardianship> left, ReadOnlySpan<Guardianship> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var at = 0; at < left.Length; at++)
        {
            if (_personsNow[left[at].Student] != right[at].Student)
            {
                return false;
            }
        }

        return true;
    }

    private bool IsSame(ReadOnlySpan<SectionPerson> left, ReadOnlySpan<SectionPerson> right)
    {
        if (left.Length != right.Length)
        {
            return false;
        }

        for (var at = 0; at < left.Length; at++)
        {
            if (_personsNow[left[at].Person] != right[at].Person)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The later number of each earlier value, -1 when the later roster does not know it.</summary>
    internal static int[] Numbers(IReadOnlyList<string> before, IReadOnlyList<string> now)
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var number = 0; number < now.Count; number++)
        {
            numbers.TryAdd(now[number], number);
        }

        return [.. before.Select(value => numbers.GetValueOrDefault(value, -1))];
    }
}
