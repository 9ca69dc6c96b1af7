using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>In which of the two files of persons somebody is: who is both is staff, since a person_id may stand once only.</summary>
internal sealed class AppleRoles
{
    public AppleRoles(Roster roster, BitArray chosen)
    {
        (Students, Staff) = (new bool[roster.Persons.Count], new bool[roster.Persons.Count]);
        for (var row = 0; row < Staff.Length; row++)
        {
            var isStaff = (roster.Persons[row].Roles & Roles.Staff) != 0;
            Staff[row] = isStaff && chosen[row];
            Students[row] = !isStaff && chosen[row];
        }
    }

    /// <summary>By row of the roster's persons. A byte each, so that looking somebody up at random stays in the cache.</summary>
    public bool[] Students { get; }

    /// <inheritdoc cref="Students"/>
    public bool[] Staff { get; }

    /// <summary>The address of the role under which Apple knows the person.</summary>
    public static Text Email(in RosterPerson person) => (person.Roles & Roles.Staff) != 0 ? person.Texts.StaffEmail : person.Texts.StudentEmail;
}
