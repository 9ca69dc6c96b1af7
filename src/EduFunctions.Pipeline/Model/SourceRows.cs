namespace EduFunctions.Pipeline.Model;

// What a source says, row by row: unmanaged structs, so that a million of them are one block of memory. An int that names another
// entity is its row number, -1 when the pull does not have it. A child row names its parent; in a page's fragment that is the row in the
// fragment, in SourceData the row in the whole.

public interface IChildRow
{
    int Parent { get; set; }
}

/// <summary>How strictly a person's identity is protected; a larger value is stricter and wins.</summary>
public enum Marking : byte
{
    Absent,
    None,
    Unknown,
    Protected,
}

/// <summary>What makes somebody protected of whom this pull itself does not say so.</summary>
public enum MarkedOn : byte
{
    /// <summary>Nothing but this pull.</summary>
    Pull,

    /// <summary>An earlier pull, until the register has taken it back.</summary>
    Earlier,

    /// <summary>Another record of the same human.</summary>
    SharedIdentity,
}

[Flags]
public enum PersonFacts : byte
{
    None = 0,
    Emigrated = 1,
    Deceased = 2,
    HasAddress = 4,
    RegisteredAbroad = 8,

    // Attributes that came although nobody asked for them.
    HasCivicNumber = 16,
    HasPhoto = 32,
    HasSex = 64,

    /// <summary>The row stands for a protected person.</summary>
    IsAlias = 128,
}

public struct UnitRow
{
    public EntityId ParentId;
    public Text Name;
    public Text SchoolUnitCode;

    /// <summary>Bit n is set for the value with number n of <see cref="Vocabularies.SchoolTypes"/>.</summary>
    public ulong SchoolTypes;
    public Day Start;
    public Day End;

    /// <summary>Row of the parent, filled in when all units are read.</summary>
    public int Parent;

    /// <summary>The four digits as a number, -1 when absent.</summary>
    public short Municipality;
    public byte Type;
    public bool ActiveProperty;
    public bool ToLmsProperty;
}

public struct PersonRow
{
    public PersonTexts Texts;

    /// <summary>On the person's own entity.</summary>
    public Marking OwnMarking;

    /// <summary>The strictest marking in any copy of the person or on any reference.</summary>
    public Marking StrictestMarking;
    public PersonFacts Facts;
    public MarkedOn MarkedOn;

    /// <summary>Whether the entity's own marking is none in another spelling: that protects nobody, and takes nobody back.</summary>
    public bool IsMarkingRespelled;

    /// <summary>Whether the register has switched the person off.</summary>
    public bool IsDisabled;

    /// <summary>As <see cref="Model.BirthDate"/> has it, 0 where the register gives none.</summary>
    public int BirthDate;
    public PersonIdentity Identity;
}

/// <summary>A person's place at a school: an enrolment, or a placement in preschool or leisure-time care.</summary>
public struct PlacementRow : IChildRow
{
    public int Person;

    public int Unit;
    public EntityId UnitId;

    /// <summary>The group a preschool placement names, else -1.</summary>
    public int Group;
    public Day Start;
    public Day End;
    public byte SchoolType;

    /// <summary>0 to 10, -1 when absent or no number.</summary>
    public sbyte SchoolYear;
    public bool Cancelled;

    int IChildRow.Parent { readonly get => Person; set => Person = value; }
}

/// <summary>A student names a person who answers for them.</summary>
public struct ResponsibleRow : IChildRow
{
    public EntityId ResponsibleId;

    /// <summary>Row of the responsible, filled in when all persons are read.</summary>
    public int Responsible;
    public int Student;
    public byte Relation;

    /// <summary>Whether the register says so; where it does not, the relation alone tells.</summary>
    public bool HasCustody;

    int IChildRow.Parent { readonly get => Student; set => Student = value; }
}

public struct IdentifierRow : IChildRow
{
    public int Person;
    public byte Context;
    public Text Value;

    int IChildRow.Parent { readonly get => Person; set => Person = value; }
}

public struct DutyRow
{
    public EntityId UnitId;
    public int Person;
    public int Unit;
    public Day Start;
    public Day End;
    public byte Role;
}

/// <summary>Somebody with a duty leads a group.</summary>
public struct GroupDutyRow : IChildRow
{
    public int Duty;
    public int Group;
    public Day Start;
    public Day End;

    int IChildRow.Parent { readonly get => Duty; set => Duty = value; }
}

public struct GroupRow
{
    public EntityId UnitId;
    public Text Name;
    public int Unit;
    public Day Start;
    public Day End;
    public byte Type;
    public byte SchoolType;
    public bool ToLmsProperty;
}

public struct MembershipRow : IChildRow
{
    public int Group;
    public int Person;
    public Day Start;
    public Day End;

    int IChildRow.Parent { readonly get => Group; set => Group = value; }
}

public struct ActivityRow
{
    public int Syllabus;
    public Day Start;
    public Day End;
}

public struct ActivityGroupRow : IChildRow
{
    public int Activity;
    public int Group;

    int IChildRow.Parent { readonly get => Activity; set => Activity = value; }
}

public struct TeacherRow : IChildRow
{
    public int Activity;
    public int Duty;
    public Day Start;
    public Day End;

    int IChildRow.Parent { readonly get => Activity; set => Activity = value; }
}

public struct SyllabusRow
{
    public Text SubjectCode;
    public Text SubjectName;
    public Text CourseCode;
    public Text CourseName;
}

/// <param name="Value">Which marking it is, of one that is not in the standard's words; 0 of others.</param>
public readonly record struct MarkingRow(EntityId Person, Marking Marking, ulong Value = 0);

public enum EntityKind : byte
{
    Unit,
    Person,
    Placement,
    Duty,
    Group,
    Activity,
    Syllabus,
}
