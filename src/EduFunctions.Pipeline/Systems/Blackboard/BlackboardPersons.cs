using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>How Learn knows a person: one row each, as staff before student before guardian.</summary>
internal sealed class BlackboardPersons
{
    // Who has one of these duties teaches.
    private static readonly string[] TeachingRoles =
        ["Lärare", "Förstelärare", "Förskollärare", "Speciallärare/specialpedagog", "Lærer", "Pædagog", "Vikar"];

    private readonly BlackboardSettings _settings;

    // A byte per person, so that looking somebody up at random stays in the cache.
    private readonly Kind[] _kinds;
    private readonly byte[][] _institutionRoles;
    private readonly bool[] _mayBeObserved;

    public BlackboardPersons(Roster roster, BlackboardSettings settings)
    {
        _settings = settings;
        _kinds = Kinds(roster);
        var roles = settings.InstitutionRoles;
        _institutionRoles = Array.ConvertAll([roles.Guardian, roles.Student, roles.Staff, roles.Teacher], Encoding.UTF8.GetBytes);
        _mayBeObserved = [.. _institutionRoles.Select(role => Ascii.EqualsIgnoreCase(role, "STUDENT"u8))];
    }

    private enum Kind : byte
    {
        Guardian,
        Student,
        Staff,
        Teacher,
    }

    /// <summary>Whether the feed could have the person at all.</summary>
    public bool IsWanted(in RosterPerson person) =>
        (person.Roles & (Roles.Staff | Roles.Student)) != 0 || (_settings.Observers && (person.Roles & Roles.Guardian) != 0);

    public bool IsGuardian(int row) => _kinds[row] == Kind.Guardian;

    public ReadOnlySpan<byte> InstitutionRole(int row) => _institutionRoles[(int)_kinds[row]];

    /// <summary>Whether Learn takes somebody as the observer of this person: it wants the built-in role.</summary>
    public bool MayBeObserved(int row) => _mayBeObserved[(int)_kinds[row]];

    /// <summary>The login name before it is cleaned; empty when the person has none.</summary>
    public Text UserId(in RosterPerson person) => _settings.UserId == "email" ? PersonEmail.Of(person) : person.Texts.PrincipalName;

    /// <summary>The login name as it is written; empty for none, and for what is none.</summary>
    public ReadOnlySpan<byte> UserId(Roster roster, in RosterPerson person, CleanText text) =>
        _settings.UserId == "email" ? text.CleanEmail(roster[UserId(person)]) : text.CleanAddress(roster[UserId(person)]);

    private static Kind[] Kinds(Roster roster)
    {
        var kinds = new Kind[roster.Persons.Count];
        for (var row = 0; row < kinds.Length; row++)
        {
            var roles = roster.Persons[row].Roles;
            kinds[row] = (roles & Roles.Staff) != 0 ? Kind.Staff : (roles & Roles.Student) != 0 ? Kind.Student : Kind.Guardian;
        }

        var teaches = roster.Vocabulary.DutyRoles.Select(TeachingRoles.Contains).ToArray();
        foreach (ref readonly var duty in roster.StaffUnits.Rows)
        {
            if (teaches[duty.Kind] && kinds[duty.Person] == Kind.Staff)
            {
                kinds[duty.Person] = Kind.Teacher;
            }
        }

        return kinds;
    }
}
