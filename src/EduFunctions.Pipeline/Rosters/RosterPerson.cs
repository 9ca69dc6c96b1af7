using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>A person of the roster, stored byte for byte (RosterFile).</summary>
public struct RosterPerson
{
    public EntityId Id;
    public PersonTexts Texts;
    public Roles Roles;

    /// <summary>The school year of the enrolment that began last, -1 when none says.</summary>
    public sbyte SchoolYear;

    /// <summary>Whether the row stands for a protected person, whose name it does not have.</summary>
    public bool IsAlias;
}
