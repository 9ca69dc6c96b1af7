using System.Globalization;
using System.Text.Json.Nodes;

namespace EduFunctions.Tests.Oracle;

/// <summary>Reading rows with null as absent.</summary>
internal static class JsonReading
{
    public static string? AsText(this JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    public static bool IsTrue(this JsonNode? node) => (node is JsonValue value && value.TryGetValue(out bool flag) && flag)
        || string.Equals(node.AsText(), "true", StringComparison.OrdinalIgnoreCase);

    public static int? AsNumber(this JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out int number) ? number
        : int.TryParse(node.AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written
        : null;

    public static string? Text(this JsonObject row, string name) => row[name].AsText();

    /// <summary>The row's own id, or that of a reference: a uuid in lower case and without braces, or another text as it is.</summary>
    public static string? Id(this JsonNode? row)
    {
        var text = (row as JsonObject)?["id"].AsText()?.Trim();
        return Guid.TryParse(text, out var uuid) && text.Contains('-', StringComparison.Ordinal) ? uuid.ToString("D")
            : text is { Length: > 0 and <= 64 } && !text.Any(char.IsControl) ? text
            : null;
    }

    public static IEnumerable<JsonObject> Objects(this JsonObject row, string name) => (row[name] as JsonArray)?.OfType<JsonObject>() ?? [];

    public static IEnumerable<string> Texts(this JsonNode? node) => (node as JsonArray)?.Select(AsText).OfType<string>() ?? [];

    /// <summary>The displayName, or what stands in for it.</summary>
    public static string Name(this JsonObject row) => row.Text("displayName") is { Length: > 0 } name ? name : row.Id()!;

    /// <summary>This object and all objects inside it.</summary>
    public static IEnumerable<JsonObject> AllObjects(this JsonNode? node) => node switch
    {
        JsonObject inner => inner.SelectMany(property => property.Value.AllObjects()).Prepend(inner),
        JsonArray items => items.SelectMany(AllObjects),
        _ => [],
    };
}
