using System.Text.Json;
using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What has to be changed of a resource so that it is as it should be. What a server has beyond that stays.</summary>
internal static class ScimPatch
{
    private const string Schema = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    /// <summary>What says which resource it is.</summary>
    private static readonly string[] Fixed = ["schemas", "externalId", "id"];

    /// <summary>What only the server says.</summary>
    private static readonly string[] Theirs = ["meta", "groups"];

    /// <summary>Whether an attribute says which resource it is, and of what kind.</summary>
    public static bool SaysWhich(string attribute) => Fixed.Contains(attribute);

    /// <summary>Operations; none when it is so already.</summary>
    public static List<JsonObject> Between(JsonObject wanted, JsonObject has) =>
    [
        .. wanted.Where(attribute => !Fixed.Contains(attribute.Key)).SelectMany(attribute => attribute.Value is JsonObject parts
            ? parts.SelectMany(part => Of($"{attribute.Key}{(attribute.Key.Contains(':', StringComparison.Ordinal) ? ':' : '.')}{part.Key}", part.Value, (has[attribute.Key] as JsonObject)?[part.Key]))
            : Of(attribute.Key, attribute.Value, has[attribute.Key])),
    ];

    /// <summary>Operations on a list.</summary>
    /// <param name="add">The server's ids.</param>
    /// <param name="gone">The same.</param>
    public static IEnumerable<JsonObject> OfList(string list, IReadOnlyCollection<string> add, IEnumerable<string> gone) =>
    [
        .. add.Count == 0 ? Array.Empty<JsonObject>() : [new JsonObject { ["op"] = "add", ["path"] = list, ["value"] = Listed(add) }],
        .. gone.Select(id => new JsonObject { ["op"] = "remove", ["path"] = $"{list}[value eq {ScimJson.Text(id)}]" }),
    ];

    /// <summary>The attribute that an operation, or a part of it, is about.</summary>
    public static string RootOf(JsonObject operation) =>
        ScimText.Of(operation["path"]) is var path && path!.StartsWith("urn:", StringComparison.Ordinal) ? path[..path.LastIndexOf(':')] : path.Split('.')[0];

    /// <summary>The message with the operations.</summary>
    public static string Message(IEnumerable<JsonObject> operations) =>
        new JsonObject { ["schemas"] = new JsonArray(Schema), ["Operations"] = new JsonArray([.. operations]) }.ToJsonString();

    public static JsonArray Listed(IEnumerable<string> ids) => [.. ids.Select(id => (JsonNode)new JsonObject { ["value"] = id })];

    /// <summary>The whole resource as it should be, for a server that takes no changes alone.</summary>
    public static JsonObject Whole(JsonObject wanted, JsonObject has)
    {
        var whole = has.DeepClone().AsObject();
        foreach (var name in Theirs)
        {
            whole.Remove(name);
        }

        foreach (var (name, value) in wanted)
        {
            if (value is null)
            {
                whole.Remove(name);
            }
            else if (value is JsonObject parts && whole[name] is JsonObject there)
            {
                parts.ToList().ForEach(part => there[part.Key] = part.Value?.DeepClone());
            }
            else
            {
                whole[name] = value.DeepClone();
            }
        }

        return whole;
    }

    /// <summary>What is created: nothing is said of what is not there.</summary>
    public static JsonObject Created(JsonObject wanted)
    {
        var created = wanted.DeepClone().AsObject();
        foreach (var (name, _) in wanted.Where(attribute => attribute.Value is null))
        {
            created.Remove(name);
        }

        return created;
    }

    public static string? ValueOf(JsonNode? entry) => ScimText.KeyOf((entry as JsonObject)?["value"]);

    private static IEnumerable<JsonObject> Of(string path, JsonNode? wanted, JsonNode? has)
    {
        if (IsNothing(wanted))
        {
            return IsNothing(has) ? [] : [new JsonObject { ["op"] = "remove", ["path"] = path }];
        }

        return IsSame(path, wanted!, has) ? [] : [new JsonObject { ["op"] = "replace", ["path"] = path, ["value"] = wanted!.DeepClone() }];
    }

    private static bool IsNothing(JsonNode? value) => value is null or JsonArray { Count: 0 };

    /// <summary>User names are the same in any case.</summary>
    private static bool IsSame(string path, JsonNode wanted, JsonNode? has) =>
        wanted is JsonArray entries ? has is JsonArray there && there.Count == entries.Count && entries.All(entry => there.Any(other => Covers(other, entry!)))
        : path == "userName" ? string.Equals(ScimText.Of(wanted), ScimText.Of(has), StringComparison.OrdinalIgnoreCase)
        : wanted.GetValueKind() is JsonValueKind.True or JsonValueKind.False
            ? has is not null && ScimText.Says(wanted, otherwise: false) == ScimText.Says(has, otherwise: !ScimText.Says(wanted, otherwise: false))
        : JsonNode.DeepEquals(wanted, has);

    /// <summary>Whether an entry of a list says what is wanted, and perhaps more.</summary>
    private static bool Covers(JsonNode? entry, JsonNode wanted) =>
        wanted is JsonObject parts ? entry is JsonObject there && parts.All(part => JsonNode.DeepEquals(part.Value, there[part.Key])) : JsonNode.DeepEquals(entry, wanted);
}
