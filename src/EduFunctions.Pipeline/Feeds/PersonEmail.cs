using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>The address of somebody who has one row whatever the roles: that of staff before that of a student before the private one.</summary>
internal static class PersonEmail
{
    public static Text Of(in RosterPerson person) =>
        (person.Roles & Roles.Staff) != 0 ? person.Texts.StaffEmail
        : (person.Roles & Roles.Student) != 0 ? person.Texts.StudentEmail
        : person.Texts.PrivateEmail;
}
