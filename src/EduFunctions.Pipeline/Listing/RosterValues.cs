using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Listing;

/// <summary>Who may read what a column holds.</summary>
internal enum Openness
{
    /// <summary>Ids, schools, roles: whoever may read the list.</summary>
    Open,

    /// <summary>Names and what is made of them: whoever may read names.</summary>
    Name,

    /// <summary>Numbers of the state: nobody, only that it is another one.</summary>
    Closed,
}

/// <param name="Text">Empty for none.</param>
internal readonly record struct ColumnValue(string Column, string Text, Openness Openness = Openness.Open);

/// <summary>What a roster says of a person or a section, column by column, found by id. Pure.</summary>
/// <param name="isHidden">Whose id is told to nobody who asks here.</param>
internal sealed class RosterValues(Roster roster, Predicate<EntityId> isHidden)
{
    private readonly RosterSide _side = new(roster);
    private readonly Dictionary<EntityId, int> _persons = Rows(roster.PersonIds());
    private readonly Dictionary<EntityId, int> _sections = Rows(roster.SectionIds());

    /// <summary>Null for an id that the roster does not have.</summary>
    public IReadOnlyList<ColumnValue>? Of(RowKind kind, EntityId id) => kind switch
    {
        RowKind.Sections => _sections.TryGetValue(id, out var row) ? Section(row) : null,
        RowKind.Memberships => null,
        _ => _persons.TryGetValue(id, out var row) ? Person(row) : null,
    };

    private IReadOnlyList<ColumnValue> Person(int row)
    {
        var person = roster.Persons[row];
        return
        [
            new("givenName", Text(person.Texts.GivenName), Openness.Name),
            new("middleName", Text(person.Texts.MiddleName), Openness.Name),
            new("familyName", Text(person.Texts.FamilyName), Openness.Name),
            new("login", Text(person.Texts.PrincipalName), Openness.Name),
            new("studentMail", Text(person.Texts.StudentEmail), Openness.Name),
            new("staffMail", Text(person.Texts.StaffEmail), Openness.Name),
            new("privateMail", Text(person.Texts.PrivateEmail), Openness.Name),
            new("civicNumber", Text(person.Texts.CivicNumber), Openness.Closed),
            new("otherIds", Joined(_side.Identifiers(row), own => $"{roster.Vocabulary.IdentifierContexts[own.Context]} {Text(own.Value)}"), Openness.Closed),
            new("roles", string.Join(", ", Enum.GetValues<Roles>().Where(role => role != Roles.None && person.Roles.HasFlag(role)).Select(role => role.ToString().ToLowerInvariant()))),
            new("schoolYear", person.SchoolYear < 0 ? "" : $"{person.SchoolYear}"),
            new("placements", Joined(_side.StudentUnits(row), place => Place(place, roster.Vocabulary.SchoolTypes))),
            new("duties", Joined(_side.StaffUnits(row), place => Place(place, roster.Vocabulary.DutyRoles))),
            new("guardianOf", Joined(_side.Guardianships(row), pair => Id(pair.Student))),
        ];
    }

    private IReadOnlyList<ColumnValue> Section(int row)
    {
        var section = roster.Sections[row];
        return
        [
            new("name", Text(section.Name), Openness.Name),
            new("groupType", roster.Vocabulary.GroupTypes[section.GroupType]),
            new("school", roster.Units[section.Unit].Id.ToString()),
            new("syllabus", section.Syllabus < 0 ? "" : Syllabus(roster.Syllabuses[section.Syllabus])),
            new("teachers", Joined(_side.Teachers(row), teacher => Id(teacher.Person))),
            new("mentors", Joined(_side.Mentors(row), mentor => Id(mentor.Person))),
        ];
    }

    private string Syllabus(RosterSyllabus syllabus) =>
        string.Join(' ', new[] { Text(syllabus.SubjectCode), Text(syllabus.SubjectName), Text(syllabus.CourseCode), Text(syllabus.CourseName) }.Where(text => text.Length > 0));

    private string Place(PersonUnit place, IReadOnlyList<string> kinds) => $"{roster.Units[place.Unit].Id} {kinds.ElementAtOrDefault(place.Kind)} {place.Start}".TrimEnd();

    private string Id(int person) => isHidden(roster.Persons[person].Id) ? "" : roster.Persons[person].Id.ToString();

    private string Text(Text text) => Encoding.UTF8.GetString(roster[text]);

    private static string Joined<T>(ReadOnlySpan<T> rows, Func<T, string> show) => string.Join(", ", rows.ToArray().Select(show).Where(text => text.Length > 0));

    private static Dictionary<EntityId, int> Rows(EntityId[] ids)
    {
        var rows = new Dictionary<EntityId, int>(ids.Length);
        for (var row = 0; row < ids.Length; row++)
        {
            rows[ids[row]] = row;
        }

        return rows;
    }
}
