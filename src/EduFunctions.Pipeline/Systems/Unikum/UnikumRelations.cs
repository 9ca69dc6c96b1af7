using System.Diagnostics;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>The relations of a roster by type, each a pair of ranks in eight bytes, so that sorting numbers sorts rows.</summary>
internal sealed class UnikumRelations(UnikumContent content)
{
    private readonly Roster _roster = content.Roster;
    private readonly UnikumPeople _people = content.People;

    /// <summary>The pairs of a type in the order of their ids, each once.</summary>
    public Table<ulong> Of(RelationType type)
    {
        var pairs = new Table<ulong>();
        Collect(type)(pairs);
        pairs.Rows.Sort();
        pairs.RemoveRepeats();
        return pairs;
    }

    public static (int Subject, int Object) Ranks(ulong pair) => ((int)(pair >> 32), (int)(uint)pair);

    private Action<Table<ulong>> Collect(RelationType type) =>
        type == RelationType.SchoolInOrganisation ? AddSchools
        : type == RelationType.ClassInSchool ? AddClasses
        : type == RelationType.StaffInSchool ? pairs => AddPlaces(pairs, _roster.StaffUnits, _ => true)
        : type == RelationType.StudentInSchool ? pairs => AddPlaces(pairs, _roster.StudentUnits, _ => true)
        : type == RelationType.GuardianInSchool ? AddGuardianSchools
        : type == RelationType.StudentInClass ? pairs => AddMembers(pairs, _roster.Members, Roles.Student)
        : type == RelationType.TeacherInClass ? pairs => AddMembers(pairs, _roster.Teachers, Roles.Staff)
        : type == RelationType.GuardianFor ? AddGuardianships
        : type == RelationType.MentorFor ? AddMentorships
        : type == RelationType.AdministratorFor ? AddAdministrators
        : throw new UnreachableException();

    private static ulong Pair(int subject, int @object) => ((ulong)(uint)subject << 32) | (uint)@object;

    private void AddSchools(Table<ulong> pairs)
    {
        for (var unit = 0; unit < _roster.Units.Count; unit++)
        {
            if (content.Schools[unit])
            {
                pairs.Add(Pair(unit, 0));
            }
        }
    }

    private void AddClasses(Table<ulong> pairs)
    {
        for (var section = 0; section < _roster.Sections.Count; section++)
        {
            if (content.Classes[section])
            {
                pairs.Add(Pair(section, _roster.Sections[section].Unit));
            }
        }
    }

    private void AddPlaces(Table<ulong> pairs, Table<PersonUnit> places, Predicate<PersonUnit> counts)
    {
        foreach (ref readonly var place in places.Rows)
        {
            if (_people.Has(place.Person) && content.Schools[place.Unit] && counts(place))
            {
                pairs.Add(Pair(_people.Rank(place.Person), place.Unit));
            }
        }
    }

    private void AddGuardianSchools(Table<ulong> pairs)
    {
        var places = new Grouping(_roster.Persons.Count, _roster.StudentUnits.Count, row => _roster.StudentUnits[row].Person);
        foreach (ref readonly var pair in _roster.Guardianships.Rows)
        {
            if (!_people.Has(pair.Guardian) || !_people.Has(pair.Student))
            {
                continue;
            }

            foreach (var place in places[pair.Student])
            {
                if (content.Schools[_roster.StudentUnits[place].Unit])
                {
                    pairs.Add(Pair(_people.Rank(pair.Guardian), _roster.StudentUnits[place].Unit));
                }
            }
        }
    }

    private void AddMembers(Table<ulong> pairs, Table<SectionPerson> members, Roles role)
    {
        foreach (ref readonly var member in members.Rows)
        {
            if (content.Classes[member.Section] && _people.Has(member.Person) && (_roster.Persons[member.Person].Roles & role) != 0)
            {
                pairs.Add(Pair(_people.Rank(member.Person), member.Section));
            }
        }
    }

    private void AddGuardianships(Table<ulong> pairs)
    {
        foreach (ref readonly var pair in _roster.Guardianships.Rows)
        {
            if (_people.Has(pair.Guardian) && _people.Has(pair.Student))
            {
                pairs.Add(Pair(_people.Rank(pair.Guardian), _people.Rank(pair.Student)));
            }
        }
    }

    private void AddMentorships(Table<ulong> pairs)
    {
        var members = new Grouping(_roster.Sections.Count, _roster.Members.Count, row => _roster.Members[row].Section);
        foreach (ref readonly var mentor in _roster.Mentors.Rows)
        {
            if (!content.Classes[mentor.Section] || !_people.Has(mentor.Person))
            {
                continue;
            }

            foreach (var row in members[mentor.Section])
            {
                var student = _roster.Members[row].Person;
                if (_people.Has(student) && student != mentor.Person && (_roster.Persons[student].Roles & Roles.Student) != 0)
                {
                    pairs.Add(Pair(_people.Rank(mentor.Person), _people.Rank(student)));
                }
            }
        }
    }

    private void AddAdministrators(Table<ulong> pairs)
    {
        var administrates = _roster.Vocabulary.DutyRoles.Select(content.Settings.Administrators.Contains).ToArray();
        AddPlaces(pairs, _roster.StaffUnits, duty => administrates[duty.Kind]);
    }
}
