using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

// Rows of the eligible roster, stored byte for byte (RosterFile): a changed field means a new version of the file. Ints are row numbers of
// the roster's own tables; those are sorted by id, so that comparing row numbers is comparing ids.

public struct RosterUnit
{
    public EntityId Id;
    public Text Name;
    public Text SchoolUnitCode;
    public ulong SchoolTypes;
}

/// <summary>A person at a unit, as student or as staff; earliest start first, then unit.</summary>
public struct PersonUnit : IOwned<PersonUnit>
{
    public int Person;
    public int Unit;
    public Day Start;

    /// <summary>School type of a student's placement or role of a staff member's duty, by the number of its vocabulary.</summary>
    public int Kind;

    readonly int IOwned.Owner => Person;

    public readonly int CompareToSibling(PersonUnit other) =>
        Start != other.Start ? Start.CompareTo(other.Start)
        : Unit != other.Unit ? Unit.CompareTo(other.Unit)
        : Kind.CompareTo(other.Kind);
}

/// <summary>Of several with one context the first in the source stays first.</summary>
public struct PersonIdentifier : IOwned
{
    public int Person;
    public int Context;
    public Text Value;

    readonly int IOwned.Owner => Person;
}

public readonly record struct Guardianship(int Guardian, int Student) : IOwned<Guardianship>
{
    int IOwned.Owner => Guardian;

    public int CompareToSibling(Guardianship other) => Student.CompareTo(other.Student);
}

public struct RosterSyllabus
{
    public EntityId Id;
    public Text SubjectCode;
    public Text SubjectName;
    public Text CourseCode;
    public Text CourseName;
}

/// <summary>What becomes a course, class or team: a group, for teaching groups with one syllabus.</summary>
public struct RosterSection
{
    public EntityId Id;
    public EntityId Group;
    public Text Name;
    public int Unit;

    /// <summary>-1 for a section without syllabus.</summary>
    public int Syllabus;
    public int GroupType;
    public int Reserved;
}

/// <summary>Sorted by section, then person.</summary>
public readonly record struct SectionPerson(int Section, int Person) : IOwned<SectionPerson>
{
    int IOwned.Owner => Section;

    public int CompareToSibling(SectionPerson other) => Person.CompareTo(other.Person);
}
