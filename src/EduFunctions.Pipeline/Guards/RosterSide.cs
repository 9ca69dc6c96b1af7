using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>One of two rosters that are compared: a feed's part of it, and where the rows that belong to somebody begin.</summary>
internal sealed class RosterSide(Roster roster, FeedSelection selection)
{
    private readonly int[] _studentUnits = Starts(roster.Persons.Count, roster.StudentUnits, static (in row) => row.Person);
    private readonly int[] _staffUnits = Starts(roster.Persons.Count, roster.StaffUnits, static (in row) => row.Person);
    private readonly int[] _identifiers = Starts(roster.Persons.Count, roster.Identifiers, static (in row) => row.Person);
    private readonly int[] _guardianships = Starts(roster.Persons.Count, roster.Guardianships, static (in row) => row.Guardian);
    private readonly int[] _members = Starts(roster.Sections.Count, roster.Members, static (in row) => row.Section);
    private readonly int[] _teachers = Starts(roster.Sections.Count, roster.Teachers, static (in row) => row.Section);
    private readonly int[] _mentors = Starts(roster.Sections.Count, roster.Mentors, static (in row) => row.Section);

    private delegate int OwnerOf<T>(in T row);

    public Roster Roster => roster;

    public bool HasPerson(int row) => row >= 0 && selection.Persons[row];

    public bool HasSection(int row) => row >= 0 && selection.Sections[row];

    public ReadOnlySpan<PersonUnit> StudentUnits(int person) => Slice(roster.StudentUnits, _studentUnits, person);

    public ReadOnlySpan<PersonUnit> StaffUnits(int person) => Slice(roster.StaffUnits, _staffUnits, person);

    public ReadOnlySpan<PersonIdentifier> Identifiers(int person) => Slice(roster.Identifiers, _identifiers, person);

    public ReadOnlySpan<Guardianship> Guardianships(int guardian) => Slice(roster.Guardianships, _guardianships, guardian);

    public ReadOnlySpan<SectionPerson> Members(int section) => Slice(roster.Members, _members, section);

    /// <summary>The row at which a section's members begin.</summary>
    public int FirstMember(int section) => _members[section];

    public ReadOnlySpan<SectionPerson> Teachers(int section) => Slice(roster.Teachers, _teachers, section);

    public ReadOnlySpan<SectionPerson> Mentors(int section) => Slice(roster.Mentors, _mentors, section);

    public RowKind KindOf(int person) => roster.Persons[person].Roles switch
    {
        var roles when (roles & Roles.Staff) != 0 => RowKind.Staff,
        var roles when (roles & Roles.Student) != 0 => RowKind.Students,
        _ => RowKind.Guardians,
    };

    /// <summary>The unit a person counts at: the one that began first, for a guardian that of the first student; -1 for none.</summary>
    public int UnitOf(int person) => KindOf(person) switch
    {
        RowKind.Staff => First(StaffUnits(person)),
        RowKind.Students => First(StudentUnits(person)),
        _ => Guardianships(person) is [var first, ..] ? First(StudentUnits(first.Student)) : -1,
    };

    private static int First(ReadOnlySpan<PersonUnit> units) => units.IsEmpty ? -1 : units[0].Unit;

    private static ReadOnlySpan<T> Slice<T>(Table<T> table, int[] starts, int owner)
        where T : unmanaged => table.Rows[starts[owner]..starts[owner + 1]];

    private static int[] Starts<T>(int owners, Table<T> table, OwnerOf<T> owner)
        where T : unmanaged
    {
        var starts = new int[owners + 1];
        foreach (ref readonly var row in table.Rows)
        {
            starts[owner(row) + 1]++;
        }

        for (var at = 0; at < owners; at++)
        {
            starts[at + 1] += starts[at];
        }

        return starts;
    }
}
