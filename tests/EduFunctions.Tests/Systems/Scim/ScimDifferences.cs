using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Scim;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.Scim;

/// <summary>What a server is to have of a town, said naively.</summary>
internal static class ScimDifferences
{
    /// <summary>What is wrong with what a server has; nothing when it is this town.</summary>
    /// <param name="foreignNames">Whether users may be called otherwise than in the register.</param>
    /// <param name="excused">Ids of whom the server cannot have.</param>
    public static IEnumerable<string> Differences(this RestlessTown town, ScimState state, bool foreignNames = false, IEnumerable<string>? excused = null)
    {
        var (school, hidden) = (town.Write().Data, town.HiddenIds.Union(excused ?? []).ToHashSet());
        var wanted = school[Collections.Persons].Where(person => !hidden.Contains((string)person["id"]!)).ToDictionary(person => (string)person["id"]!, person => OfRegister(person, foreignNames));
        var there = state.Users.Where(user => (bool?)user["active"] == true).ToLookup(user => (string)user["externalId"]!, user => OfServer(user, foreignNames));
        foreach (var (id, person) in wanted.Where(person => !there[person.Key].SequenceEqual([person.Value], StringComparer.OrdinalIgnoreCase)))
        {
            yield return $"{id} should be {person}, and is {string.Join(" and ", there[id])}";
        }

        foreach (var more in there.Where(user => !wanted.ContainsKey(user.Key) && excused?.Contains(user.Key) != true))
        {
            yield return $"{more.Key} should not be active";
        }

        var groups = school[Collections.Groups].ToDictionary(group => (string)group["displayName"]!, group => Members(group).Where(id => !hidden.Contains(id)).Order(StringComparer.Ordinal).ToList());
        foreach (var (name, members) in groups)
        {
            var found = Found(state, name);
            if (found.Count != 1 || !found[0].Where(id => excused?.Contains(id) != true).SequenceEqual(members))
            {
                yield return $"{name} should have {Told(members)}, and there are {string.Join(" and ", found.Select(Told))}";
            }
        }

        foreach (var name in state.Groups.Select(group => (string)group["displayName"]!).Except(groups.Keys).Where(name => Found(state, name).Exists(members => members.Count > 0)))
        {
            yield return $"{name} should have nobody";
        }
    }

    private static string Told(IReadOnlyCollection<string> members) => $"{members.Count} ({string.Join(' ', members.Select(id => id[..4]))})";

    private static List<IReadOnlyList<string>> Found(ScimState state, string name) =>
        [.. state.Groups.Where(each => (string?)each["displayName"] == name).Select(each => state.MembersOf((string)each["externalId"]!))];

    private static IEnumerable<string> Members(JsonObject group) =>
        [.. group["groupMemberships"]!.AsArray().Select(row => (string)row!["person"]!["id"]!), Ids.Of($"{((string)group["displayName"]!).Split('-')[0].ToLowerInvariant()}-teacher")];

    private static string OfRegister(JsonObject person, bool foreignNames) =>
        $"{person["givenName"]} {person["familyName"]} {(foreignNames ? "" : person["eduPersonPrincipalNames"]![0])} {person["emails"]![0]!["value"]}".Replace("\"", "", StringComparison.Ordinal);

    private static string OfServer(JsonObject user, bool foreignNames) =>
        $"{user["name"]!["givenName"]} {user["name"]!["familyName"]} {(foreignNames ? "" : user["userName"])} {user["emails"]![0]!["value"]}";
}
