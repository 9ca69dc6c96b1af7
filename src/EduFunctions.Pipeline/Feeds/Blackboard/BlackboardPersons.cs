using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.Blackboard;

/// <summary>How Learn knows a person: one row each, as staff before student before guardian.</summary>
internal sealed class BlackboardPersons
{
    // Who has one of these duties teaches.
    private static readonly string[] TeachingRoles =
        ["Lärare", "Förstelärare", "Förskollärare", "Speciallärare/specialpedagog", "Lærer", "Pædagog", "Vikar"];

    private readonly Roster _roster;
    private readonly BlackboardSettings _settings;
    private readonly BitArray _teachers;
    private readonly (byte[] Teacher, byte[] Staff, byte[] Student, byte[] Guardian) _roles;

    public BlackboardPersons(Roster roster, BlackboardSettings settings)
    {
        _roster = roster;
        _settings = settings;
        _teachers = new BitArray(roster.Persons.Count);
        _roles = (
            Encoding.UTF8.GetBytes(settings.InstitutionRoles.Teacher), Encoding.UTF8.GetBytes(settings.InstitutionRoles.Staff),
            Encoding.UTF8.GetBytes(settings.InstitutionRoles.Student), Encoding.UTF8.GetBytes(settings.InstitutionRoles.Guardian));
        var teaches = roster.Vocabulary.DutyRoles.Select(TeachingRoles.Contains).ToArray();
        foreach (ref readonly var duty in roster.StaffUnits.Rows)
        {
            if (teaches[duty.Kind])
            {
                _teachers[duty.Person] = true;
            }
        }
    }

    /// <summary>Whether the feed could have the person at all.</summary>
    public bool IsWanted(in RosterPerson person) =>
        (person.Roles & (Roles.Staff | Roles.Student)) != 0 || (_settings.Observers && (person.Roles & Roles.Guardian) != 0);

    public static bool IsGuardian(in RosterPerson person) => (person.Roles & (Roles.Staff | Roles.Student)) == 0;

    public static Text Email(in RosterPerson person) =>
        (person.Roles & Roles.Staff) != 0 ? person.StaffEmail
        : (person.Roles & Roles.Student) != 0 ? person.StudentEmail
        : person.PrivateEmail;

    /// <summary>The login name before it is cleaned; empty when the person has none.</summary>
    public Text UserId(in RosterPerson person) => _settings.UserId == "email" ? Email(person) : person.PrincipalName;

    public ReadOnlySpan<byte> InstitutionRole(int row)
    {
        ref readonly var person = ref _roster.Persons[row];
        return (person.Roles & Roles.Staff) != 0 ? (_teachers[row] ? _roles.Teacher : _roles.Staff)
            : (person.Roles & Roles.Student) != 0 ? _roles.Student
            : _roles.Guardian;
    }
}
