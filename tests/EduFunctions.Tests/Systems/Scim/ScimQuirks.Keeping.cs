using System.Text.Json.Nodes;
using EduFunctions.Simulators.Scim;

namespace EduFunctions.Tests.Systems.Scim;

/// <content>What its keeper does, what time does, and whom it takes.</content>
internal sealed partial class ScimQuirks
{
    private readonly Dictionary<string, int> _made = [];
    private readonly Dictionary<string, int> _leaving = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private int _calls;

    /// <summary>So many calls are "later".</summary>
    public int Later { get; set; } = 8;

    /// <summary>What becomes of the next call, by its method.</summary>
    public Func<string, ScimFault> Fault { get; set; } = _ => ScimFault.None;

    /// <summary>What users were called who are deleted, and nobody else may be.</summary>
    public IReadOnlySet<string> KeptNames => _names;

    /// <summary>One more like it, as after a lost answer at a server where nothing has to be unique.</summary>
    public void Double(string id)
    {
        var first = _all["Users"].Values.Single(user => (string?)user["externalId"] == id).DeepClone().AsObject();
        (first["id"], first["userName"]) = ($"{++_last}", $"{first["userName"]}2");
        _all["Users"][$"{_last}"] = first;
    }

    /// <summary>What is in it, to be brought back later.</summary>
    public IReadOnlyDictionary<string, string> BackUp() => _all.ToDictionary(
        kind => kind.Key, kind => new JsonObject(kind.Value.Select(resource => KeyValuePair.Create(resource.Key, (JsonNode?)resource.Value.DeepClone()))).ToJsonString());

    public void Restore(IReadOnlyDictionary<string, string> backup)
    {
        foreach (var (kind, all) in backup)
        {
            _all[kind] = JsonNode.Parse(all)!.AsObject().ToDictionary(resource => resource.Key, resource => resource.Value!.DeepClone().AsObject());
        }
    }

    /// <summary>Somebody of another system, who is in a group.</summary>
    public void AddOther(string id)
    {
        _all["Users"][$"{++_last}"] = new JsonObject { ["id"] = $"{_last}", ["externalId"] = "other", ["userName"] = "other@id.example" };
        _all["Groups"].Values.Single(group => (string?)group["externalId"] == id)["members"]!.AsArray().Add((JsonNode)new JsonObject { ["value"] = $"{_last}" });
    }

    /// <summary>Whatever was to be done later is done.</summary>
    public void Nightfall()
    {
        lock (_door)
        {
            _calls += Later;
            PassTime();
        }
    }

    private void PassTime()
    {
        foreach (var place in _leaving.Where(leaving => leaving.Value + Later <= _calls).Select(leaving => leaving.Key).ToList())
        {
            _leaving.Remove(place);
            _all["Users"].Remove(place);
            LeaveGroups(place);
        }
    }

    private bool IsTooNew(string kind, string place) => kind == "Users" && Has(ScimQuirk.ListsLater) && _made.TryGetValue(place, out var since) && since + Later > _calls;

    private int Remove(string kind, string place)
    {
        if (kind == "Users" && Has(ScimQuirk.KeepsNames))
        {
            _names.Add((string)_all[kind][place]["userName"]!);
        }

        if (kind == "Users" && Has(ScimQuirk.DeletesLater))
        {
            _leaving.TryAdd(place, _calls);
            return 202;
        }

        _all[kind].Remove(place);
        LeaveGroups(place);
        return 204;
    }

    private (int Status, JsonObject? Body)? RefusalOfUser(string place, JsonObject body)
    {
        if (Has(ScimQuirk.WritesSmall))
        {
            body["userName"] = $"{body["userName"]}".ToLowerInvariant();
        }

        var (name, before) = ((string)body["userName"]!, (string?)_all["Users"].GetValueOrDefault(place)?["userName"]);
        if (before is not null && Has(ScimQuirk.KeepsUserNames))
        {
            body["userName"] = name = before;
        }

        return before is not null && before != name && Has(ScimQuirk.FixesNames) ? Error(400, "mutability")
            : (before != name && _names.Contains(name)) || _all["Users"].Any(other => other.Key != place && IsSame(other.Value)) ? Error(409, "uniqueness")
            : null;

        bool IsSame(JsonObject other) => string.Equals((string?)other["userName"], name, StringComparison.OrdinalIgnoreCase);
    }

    private (int Status, JsonObject? Body)? RefusalOfGroup(string place, JsonObject body)
    {
        var before = Members(_all["Groups"].GetValueOrDefault(place)).ToHashSet();
        return Has(ScimQuirk.RefusesInactive) && Members(body).Any(member => !before.Contains(member) && (bool?)_all["Users"].GetValueOrDefault(member)?["active"] != true)
            ? Error(400, "invalidValue")
            : null;
    }

    private void Settle(string kind, string place)
    {
        if (kind == "Users" && Has(ScimQuirk.DropsInactive) && (bool?)_all[kind][place]["active"] == false)
        {
            LeaveGroups(place);
        }
    }

    private void LeaveGroups(string place)
    {
        foreach (var group in _all["Groups"].Values.Where(group => Members(group).Contains(place)))
        {
            group["members"] = new JsonArray([.. group["members"]!.AsArray().Where(member => $"{member!["value"]}" != place).Select(member => member!.DeepClone())]);
        }
    }

    private static IEnumerable<string> Members(JsonObject? group) => (group?["members"] as JsonArray ?? []).Select(member => $"{member!["value"]}");
}
