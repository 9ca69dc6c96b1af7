using EduFunctions.Pipeline.Eligibility;
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

public struct RosterPerson
{
    public EntityId Id;
    public Text GivenName;
    public Text MiddleName;
    public Text FamilyName;
    public Text PrincipalName;
    public Text StudentEmail;
    public Text StaffEmail;
    public Text PrivateEmail;
    public Text CivicNumber;
    public Roles Roles;

    /// <summary>The school year of the enrolment that began last, -1 when none says.</summary>
    public sbyte SchoolYear;
    public byte Reserved1;
    public byte Reserved2;
    public int Reserved3;
}

/// <summary>A person at a unit, as student or as staff; earliest start first, then unit.</summary>
public struct PersonUnit
{
    public int Person;
    public int Unit;
    public Day Start;

    /// <summary>School type of a student's placement or role of a staff member's duty, by the number of its vocabulary.</summary>
    public int Kind;
}

public struct PersonIdentifier
{
    public int Person;
    public int Context;
    public Text Value;
}

public struct Guardianship
{
    public int Guardian;
    public int Student;
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

public readonly record struct SectionPerson(int Section, int Person) : IComparable<SectionPerson>
{
    public int CompareTo(SectionPerson other) =>
        Section != other.Section ? Section.CompareTo(other.Section) : Person.CompareTo(other.Person);

    public static bool operator <(SectionPerson left, SectionPerson right) => left.CompareTo(right) < 0;

    public static bool operator >(SectionPerson left, SectionPerson right) => left.CompareTo(right) > 0;

    public static bool operator <=(SectionPerson left, SectionPerson right) => left.CompareTo(right) <= 0;

    public static bool operator >=(SectionPerson left, SectionPerson right) => left.CompareTo(right) >= 0;
}
