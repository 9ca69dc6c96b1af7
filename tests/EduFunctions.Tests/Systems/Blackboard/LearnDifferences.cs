using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>What Learn is to have of a town, said naively.</summary>
internal static class LearnDifferences
{
    /// <summary>What is wrong with what Learn has; nothing when it is this town.</summary>
    public static IEnumerable<string> Differences(this RestlessTown town, LearnState state)
    {
        var (school, hidden) = (town.Write().Data, town.HiddenIds);
        var persons = school[Collections.Persons].Where(person => !hidden.Contains(Id(person))).ToDictionary(
            Id, person => $"{person["eduPersonPrincipalNames"]![0]} {person["givenName"]} {person["familyName"]}".Replace("\"", "", StringComparison.Ordinal));
        var rows = persons.Select(person => $"{person.Key} {person.Value}").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var found = state.Records("person").Where(row => row.IsEnabled).Select(row => $"{row.Key} {row["user_id"]} {row["firstname"]} {row["lastname"]}").ToHashSet(StringComparer.OrdinalIgnoreCase);
        var members = school[Collections.Groups].SelectMany(group => Members(group).Select(id => $"{group["displayName"]} {id}"));
        var names = state.Records("course").Where(course => course.IsEnabled).ToDictionary(course => course.Key, course => course["course_name"]);
        var memberships = state.Records("membership").Where(row => row.IsEnabled)
            .Select(row => $"{names.GetValueOrDefault(row["external_course_key"], "a course that is gone")} {row["external_person_key"]}");
        var places = school[Collections.Persons].SelectMany(person => Schools(school, person).Select(unit => $"{unit} {Id(person)}"));
        var associations = state.Records("userassociation").Select(row => $"{row["external_node_key"]} {row["external_user_key"]}").ToList();
        return
        [
            .. Between("person", rows, found),
            .. Between("membership", [.. members.Where(IsVisible)], [.. memberships]),
            .. Between("userassociation", [.. places.Where(IsVisible)], [.. associations]),
            .. associations.GroupBy(row => row).Where(same => same.Count() > 1).Select(same => $"{same.Key} is there twice"),
        ];

        bool IsVisible(string row) => !hidden.Contains(row.Split(' ')[^1]);
    }

    private static IEnumerable<string> Between(string kind, HashSet<string> wanted, HashSet<string> found) =>
        [.. wanted.Where(row => !found.Contains(row)).Select(row => $"{kind} lacks {row}"), .. found.Where(row => !wanted.Contains(row)).Select(row => $"{kind} should not have {row}")];

    private static string Id(JsonObject row) => (string)row["id"]!;

    private static IEnumerable<string> Members(JsonObject group) =>
        [.. group["groupMemberships"]!.AsArray().Select(row => (string)row!["person"]!["id"]!), Ids.Of($"{((string)group["displayName"]!).Split('-')[0].ToLowerInvariant()}-teacher")];

    private static IEnumerable<string> Schools(JsonSchoolData school, JsonObject person) =>
    [
        .. (person["enrolments"] as JsonArray ?? []).Select(row => (string)row!["enroledAt"]!["id"]!),
        .. school[Collections.Duties].Where(duty => (string)duty["person"]!["id"]! == Id(person)).Select(duty => (string)duty["dutyAt"]!["id"]!),
    ];
}
