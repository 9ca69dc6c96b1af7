using System.Text.Json;

namespace EduFunctions.Pipeline.Probing;

/// <summary>Values in a row by a path of names, such as <c>enrolments.startDate</c>; of a list every item counts, and what is absent or null has no value.</summary>
internal static class RowPath
{
    public static IEnumerable<JsonElement> Values(JsonElement row, string path)
    {
        IEnumerable<JsonElement> found = [row];
        foreach (var name in path.Split('.'))
        {
            found = found.SelectMany(owner => Members(owner, name));
        }

        return found;
    }

    /// <summary>For every object that should have the last name of the path: whether it has it.</summary>
    public static IEnumerable<bool> Presence(JsonElement row, string path)
    {
        var last = path.LastIndexOf('.');
        var owners = last < 0 ? [row] : Values(row, path[..last]);
        return owners.Where(owner => owner.ValueKind == JsonValueKind.Object).Select(owner => Has(owner, path[(last + 1)..]));
    }

    public static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>The id of a reference or a row.</summary>
    public static string? Id(JsonElement owner) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty("id", out var id) && Text(id) is { Length: > 0 } text ? text : null;

    private static bool Has(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static IEnumerable<JsonElement> Members(JsonElement owner, string name)
    {
        if (owner.ValueKind != JsonValueKind.Object || !Has(owner, name))
        {
            yield break;
        }

        var value = owner.GetProperty(name);
        if (value.ValueKind != JsonValueKind.Array)
        {
            yield return value;
            yield break;
        }

        foreach (var item in value.EnumerateArray())
        {
            yield return item;
        }
    }
}
