using System.Text.Json.Nodes;

namespace EduFunctions.Simulators.Scim;

/// <summary>What a SCIM server has, by our ids, and all that was changed in it.</summary>
public sealed class ScimState(JsonObject state)
{
    public IReadOnlyList<JsonObject> Users => [.. state["users"]!.AsArray().Select(user => user!.AsObject())];

    public IReadOnlyList<JsonObject> Groups => [.. state["groups"]!.AsArray().Select(group => group!.AsObject())];

    /// <summary>Such as <c>deleted Users 1234</c>, in order.</summary>
    public IReadOnlyList<string> Journal =>
        [.. state["journal"]!.AsArray().Select(entry => $"{entry!["change"]} {entry["kind"]} {entry["externalId"]}{((bool?)entry["active"] == false ? " resting" : "")}")];

    /// <summary>Everything as text.</summary>
    public string Text => state["users"]!.ToJsonString() + state["groups"]!.ToJsonString();

    /// <summary>External ids of those who are active.</summary>
    public IEnumerable<string> Active => Users.Where(user => (bool?)user["active"] == true).Select(user => (string)user["externalId"]!);

    /// <summary>External ids of a group's members; what is in no list of users as its server's id.</summary>
    public IReadOnlyList<string> MembersOf(string group)
    {
        var ids = Users.ToDictionary(user => (string)user["id"]!, user => (string)user["externalId"]!);
        var members = Groups.Single(each => (string?)each["externalId"] == group)["members"] as JsonArray ?? [];
        return [.. members.Select(member => (string)member!["value"]!).Select(id => ids.GetValueOrDefault(id, id)).Order(StringComparer.Ordinal)];
    }
}
