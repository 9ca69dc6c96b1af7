using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>One of two rosters that are compared, and where the rows that belong to somebody begin.</summary>
/// <param name="Selection">A feed's part of it; null when no feed is looked at.</param>
internal sealed record RosterSide(Roster Roster, FeedSelection? Selection = null)
{
    private readonly int[] _studentUnits = Starts(Roster.Persons.Count, Roster.StudentUnits, static (in row) => row.Person);
    private readonly int[] _staffUnits = Starts(Roster.Persons.Count, Roster.StaffUnits, static (in row) => row.Person);
    private readonly int[] _identifiers = Starts(Roster.Persons.Count, Roster.Identifiers, static (in row) => row.Person);
    private readonly int[] _guardianships = Starts(Roster.Persons.Count, Roster.Guardianships, static (in row) => row.Guardian);
    private readonly int[] _members = Starts(Roster.Sections.Count, Roster.Members, static (in row) => row.Section);
    private readonly int[] _teachers = Starts(Roster.Sections.Count, Roster.Teachers, static (in row) => row.Section);
    private readonly int[] _mentors = Starts(Roster.Sections.Count, Roster.Mentors, static (in row) => row.Section);

    private delegate int OwnerOf<T>(in T row);

    public bool HasPerson(int row) => row >= 0 && Selection!.Persons[row];

    public bool HasSection(int row) => row >= 0 && Selection!.Sections[row];

    public ReadOnlySpan<PersonUnit> StudentUnits(int person) => Slice(Roster.StudentUnits, _studentUnits, person);

    public ReadOnlySpan<PersonUnit> StaffUnits(int person) => Slice(Roster.StaffUnits, _staffUnits, person);

    public ReadOnlySpan<PersonIdentifier> Identifiers(int person) => Slice(Roster.Identifiers, _identifiers, person);

    public ReadOnlySpan<Guardianship> Guardianships(int guardian) => Slice(Roster.Guardianships, _guardianships, guardian);

    public ReadOnlySpan<SectionPerson> Members(int section) => Slice(Roster.Members, _members, section);

    /// <summary>The row at which a section's members begin.</summary>
    public int FirstMember(int section) => _members[section];

    public ReadOnlySpan<SectionPerson> Teachers(int section) => Slice(Roster.Teachers, _teachers, section);

    public ReadOnlySpan<SectionPerson> Mentors(int section) => Slice(Roster.Mentors, _mentors, section);

    public RowKind KindOf(int person) => Roster.Persons[person].Roles switch
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
