using System.Text;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Whole resources, for a server that takes no changes alone. What it has beyond what we say is sent back as it is, unless somebody protected would be named by
/// it: no look at the feed's file could find that.
/// </summary>
internal sealed class ScimWhole(RowTest isTelling)
{
    public const string Nobody = "-";

    private static readonly string[] Required = ["userName", "displayName"];

    /// <summary>What may tell in parts: a given name here, a family name there.</summary>
    public static IReadOnlyList<string> Telling { get; } =
        ["name", "displayName", "nickName", "title", "emails", "phoneNumbers", "addresses", "photos"];

    public JsonObject Of(ScimLine line, JsonObject wanted, JsonObject has)
    {
        var whole = ScimPatch.Whole(wanted, has);
        if (!IsTelling(line, whole))
        {
            return whole;
        }

        var theirs = whole.Select(attribute => attribute.Key).Where(name => !wanted.ContainsKey(name) && !ScimPatch.SaysWhich(name) && name != line.Type.List).ToList();
        Remove(whole, theirs.Where(name => isTelling(Text(whole[name]))));
        if (IsTelling(line, whole))
        {
            Remove(whole, theirs.Where(name => name == "userName" || Telling.Contains(name)));
        }

        Fill(line, whole, has);
        return whole;
    }

    /// <summary>What a server requires, and what its record had, says no more than which it is.</summary>
    private static void Fill(ScimLine line, JsonObject whole, JsonObject has)
    {
        foreach (var name in Required.Where(name => has.ContainsKey(name) && !whole.ContainsKey(name)))
        {
            whole[name] = line.Id;
        }

        if (has.ContainsKey("name") && !whole.ContainsKey("name"))
        {
            whole["name"] = new JsonObject { ["givenName"] = Nobody, ["familyName"] = Nobody };
        }
    }

    private static void Remove(JsonObject whole, IEnumerable<string> names) => names.ToList().ForEach(name => whole.Remove(name));

    private bool IsTelling(ScimLine line, JsonObject whole) => isTelling(Text(new JsonObject(
        whole.Where(attribute => !ScimPatch.SaysWhich(attribute.Key) && attribute.Key != line.Type.List).Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Value?.DeepClone())))));

    private static byte[] Text(JsonNode? node) => Encoding.UTF8.GetBytes(string.Join('\t', Texts(node)));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject parts => parts.SelectMany(part => Texts(part.Value)),
        JsonArray entries => entries.SelectMany(Texts),
        _ => ScimText.Of(node) is { } text ? [text] : [],
    };
}
