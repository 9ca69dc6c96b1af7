using System.Collections;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.AppleSchoolManager;

/// <summary>In which of the two files of persons somebody is: who is both is staff, since a person_id may stand once only.</summary>
internal sealed class AppleRoles(Roster roster, BitArray chosen)
{
    public bool IsStaff(int person) => chosen[person] && (roster.Persons[person].Roles & Roles.Staff) != 0;

    public bool IsStudent(int person) => chosen[person] && (roster.Persons[person].Roles & Roles.Staff) == 0;

    /// <summary>The address of the role under which Apple knows the person.</summary>
    public static Text Email(in RosterPerson person) => (person.Roles & Roles.Staff) != 0 ? person.StaffEmail : person.StudentEmail;
}
