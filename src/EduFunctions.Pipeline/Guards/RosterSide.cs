using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Guards;

/// <summary>One of two rosters that are compared, and where the rows that belong to somebody begin.</summary>
/// <param name="Selection">A feed's part of it; null when no feed is looked at.</param>
internal sealed record RosterSide(Roster Roster, FeedSelection? Selection = null)
{
    private readonly int[] _studentUnits = Starts(Roster.StudentUnits, Roster.Persons.Count);
    private readonly int[] _staffUnits = Starts(Roster.StaffUnits, Roster.Persons.Count);
    private readonly int[] _identifiers = Starts(Roster.Identifiers, Roster.Persons.Count);
    private readonly int[] _guardianships = Starts(Roster.Guardianships, Roster.Persons.Count);
    private readonly int[] _members = Starts(Roster.Members, Roster.Sections.Count);
    private readonly int[] _teachers = Starts(Roster.Teachers, Roster.Sections.Count);
    private readonly int[] _mentors = Starts(Roster.Mentors, Roster.Sections.Count);

    /// <summary>By person: the unit a student was placed at first, -1 for others. Guardians ask for it in no order.</summary>
    private readonly int[] _studentUnit = FirstUnits(Roster);

    private HashSet<ulong>? _valued;

    /// <summary>Whether somebody has a login or address that the feed wants no two people to have.</summary>
    public bool HasValue(int row) => row >= 0 && (_valued ??= [.. Selection!.Values.Select(value => value.Person)]).Contains(Movement.KeyOf(Roster.Persons[row].Id));

    public bool HasPerson(int row) => row >= 0 && Selection!.Persons[row];

    /// <summary>Whether somebody is there, but would have a login or address that somebody else keeps.</summary>
    public bool IsContested(int row) => row >= 0 && Selection!.Contested?[row] == true;

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
        RowKind.Staff => StaffUnits(person) is [var first, ..] ? first.Unit : -1,
        RowKind.Students => _studentUnit[person],
        _ => Guardianships(person) is [var first, ..] ? _studentUnit[first.Student] : -1,
    };

    /// <summary>Where the rows of each owner begin; one more says where the last ones end. Sorted as they are, each place is written once.</summary>
    private static int[] Starts<T>(Table<T> table, int owners)
        where T : unmanaged, IOwned
    {
        var starts = GC.AllocateUninitializedArray<int>(owners + 1);
        var rows = table.Rows;
        var next = 0;
        for (var row = 0; row < rows.Length; row++)
        {
            while (next <= rows[row].Owner)
            {
                starts[next++] = row;
            }
        }

        starts.AsSpan(next).Fill(rows.Length);
        return starts;
    }

    private static int[] FirstUnits(Roster roster)
    {
        var units = new int[roster.Persons.Count];
        Array.Fill(units, -1);
        foreach (ref readonly var place in roster.StudentUnits.Rows)
        {
            ref var unit = ref units[place.Person];
            unit = unit < 0 ? place.Unit : unit;
        }

        return units;
    }

    private static ReadOnlySpan<T> Slice<T>(Table<T> table, int[] starts, int owner)
        where T : unmanaged => table.Rows[starts[owner]..starts[owner + 1]];
}
