using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Tests.Systems.OneRoster.Feed;

/// <summary>All that feeds can see of a roster, as text: two of them are the same when their texts are.</summary>
internal static class RosterText
{
    public static string Of(Roster roster)
    {
        var text = new StringBuilder();
        foreach (var unit in roster.Units.Rows.ToArray())
        {
            Add(text, $"unit {unit.Id} {T(roster, unit.Name)} {T(roster, unit.SchoolUnitCode)} {unit.SchoolTypes}");
        }

        foreach (var person in roster.Persons.Rows.ToArray())
        {
            var texts = Enum.GetValues<PersonText>().Select(kind => T(roster, person.Texts[kind]));
            Add(text, $"person {person.Id} {person.Roles} {person.SchoolYear} {string.Join('|', texts)}");
        }

        AddPlaces(text, "student", roster, roster.StudentUnits, _ => "");
        AddPlaces(text, "staff", roster, roster.StaffUnits, kind => roster.Vocabulary.DutyRoles[kind]);
        foreach (var pair in roster.Guardianships.Rows.ToArray())
        {
            Add(text, $"guardian {roster.Persons[pair.Guardian].Id} {roster.Persons[pair.Student].Id}");
        }

        foreach (var section in roster.Sections.Rows.ToArray())
        {
            Add(text, $"section {section.Id} {section.Group} {T(roster, section.Name)} {roster.Units[section.Unit].Id} {roster.Vocabulary.GroupTypes[section.GroupType]} {Syllabus(roster, section)}");
        }

        AddPeople(text, "member", roster, roster.Members);
        AddPeople(text, "teacher", roster, roster.Teachers);
        return text.ToString();
    }

    private static string Syllabus(Roster roster, RosterSection section)
    {
        if (section.Syllabus < 0)
        {
            return "-";
        }

        var syllabus = roster.Syllabuses[section.Syllabus];
        return $"{syllabus.Id} {T(roster, syllabus.CourseCode)}|{T(roster, syllabus.CourseName)}|{T(roster, syllabus.SubjectCode)}|{T(roster, syllabus.SubjectName)}";
    }

    private static void AddPlaces(StringBuilder text, string what, Roster roster, Table<PersonUnit> places, Func<int, string> kind)
    {
        foreach (var place in places.Rows.ToArray())
        {
            Add(text, $"{what} {roster.Persons[place.Person].Id} {roster.Units[place.Unit].Id} {place.Start} {kind(place.Kind)}");
        }
    }

    private static void AddPeople(StringBuilder text, string what, Roster roster, Table<SectionPerson> people)
    {
        foreach (var row in people.Rows.ToArray())
        {
            Add(text, $"{what} {roster.Sections[row.Section].Id} {roster.Persons[row.Person].Id}");
        }
    }

    private static string T(Roster roster, Text text) => Encoding.UTF8.GetString(roster[text]);

    private static void Add(StringBuilder text, string line) => text.Append(CultureInfo.InvariantCulture, $"{line}\n");
}
