using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Users and groups of RFC 7643.</summary>
internal static class CoreResources
{
    /// <summary>In the order of the kinds.</summary>
    public static IEnumerable<ScimResource> Of(ScimContent content) => Users(content).Concat(content.Settings.SchoolGroups ? Schools(content) : []).Concat(Groups(content));

    /// <summary>What they are known by.</summary>
    public static IEnumerable<(ScimType Type, string Id)> Keys(ScimContent content) =>
    [
        .. Enumerable.Range(0, content.Roster.Persons.Count).Where(row => content.Persons[row]).Select(row => (ScimType.Users, content.IdOf(row))),
        .. content.Settings.SchoolGroups ? Schools(content).Select(school => (school.Type, school.Id)) : [],
        .. Enumerable.Range(0, content.Roster.Sections.Count).Where(row => content.Sections[row]).Select(row => (ScimType.Groups, content.IdOfSection(row))),
    ];

    private static IEnumerable<ScimResource> Users(ScimContent content)
    {
        for (var row = 0; row < content.Roster.Persons.Count; row++)
        {
            if (content.Persons[row])
            {
                var json = ScimJson.Object([.. content.UserOf(row), ("userType", ScimJson.Text(content.UserType(row))), ("active", ScimJson.True)]);
                yield return new ScimResource(ScimType.Users, content.IdOf(row), json, []) { UserName = content.UserNameOf(row), Text = content.TextOf(row) };
            }
        }
    }

    private static IEnumerable<ScimResource> Groups(ScimContent content)
    {
        for (var row = 0; row < content.Roster.Sections.Count; row++)
        {
            if (content.Sections[row])
            {
                yield return Group(content, content.IdOfSection(row), content.NameOf(row), content.MembersOf(row).Concat(content.TeachersOf(row)));
            }
        }
    }

    private static IEnumerable<ScimResource> Schools(ScimContent content)
    {
        var roster = content.Roster;
        var students = Of(roster, roster.StudentUnits, content);
        var staff = Of(roster, roster.StaffUnits, content);
        for (var row = 0; row < roster.Units.Count; row++)
        {
            int[] people = [.. students[row].ToArray().Select(place => roster.StudentUnits[place].Person), .. staff[row].ToArray().Select(place => roster.StaffUnits[place].Person)];
            if (people.Length > 0)
            {
                yield return Group(content, roster.Units[row].Id.ToString(), content.NameOf(roster.Units[row]), people);
            }
        }
    }

    private static Grouping Of(Roster roster, Table<PersonUnit> places, ScimContent content) =>
        new(roster.Units.Count, places.Count, place => content.Persons[places[place].Person] ? places[place].Unit : -1);

    private static ScimResource Group(ScimContent content, string id, string name, IEnumerable<int> people)
    {
        var json = ScimJson.Object(("schemas", ScimJson.Texts([ScimType.Groups.Schema])), ("externalId", ScimJson.Text(id)), ("displayName", ScimJson.Text(name)));
        return new ScimResource(ScimType.Groups, id, json, [.. people.Distinct().Select(content.IdOf).Order(StringComparer.Ordinal)]) { Text = name };
    }
}
