using System.Text;
using System.Text.Json;

namespace EduFunctions.Tests.Systems.Ss12000;

/// <summary>One value of a JSON text, made into something else.</summary>
/// <param name="IsSaying">Whether the text then says another thing, in a form that is right: that somebody is gone, is called otherwise, or is marked.</param>
internal sealed record JsonMutation(string What, byte[] Body, bool IsSaying)
{
    private static readonly (string Kind, string Json)[] Others =
    [
        ("number", "7"), ("number", "-1.5"), ("flag", "true"), ("flag", "false"), ("text", "\"ord\""), ("text", "\"\""),
        ("object", "{}"), ("object", """{"x":1}"""), ("list", "[]"), ("list", "[1]"), ("list", "[null]"),
    ];

    public static JsonMutation Of(byte[] body, Random random)
    {
        var values = new List<Place>();
        var reader = new Utf8JsonReader(body);
        reader.Read();
        Walk(ref reader, "", -1, values);
        var at = values[random.Next(values.Count)];
        return random.Next(8) switch
        {
            0 => new($"null at {at.Path}", Replace(body, at, "null"), IsSaying: true),
            1 => new($"nothing at {at.Path}", Remove(body, at), IsSaying: true),
            2 => new($"twice at {at.Path}", Insert(body, at), IsSaying: false),
            3 => Truncate(body, at, random),
            _ => Other(body, at, random),
        };
    }

    private static JsonMutation Other(byte[] body, Place at, Random random)
    {
        var others = Others.Where(other => other.Kind != at.Kind).ToList();
        var other = others[random.Next(others.Count)];
        var isMarking = at.Path.EndsWith("securityMarking", StringComparison.Ordinal);
        return new($"{other.Json} at {at.Path}", Replace(body, at, other.Json), IsSaying: isMarking || (at.Kind == "null" && at.Path == "pageToken"));
    }

    private static JsonMutation Truncate(byte[] body, Place at, Random random)
    {
        if (at.Kind != "text" || random.Next(3) == 0)
        {
            return new("a cut body", body[..random.Next(body.Length)], IsSaying: false);
        }

        var half = body[(at.Start + 1)..((at.Start + at.End) / 2)];
        var isDate = at.Path.EndsWith("Date", StringComparison.Ordinal);
        return new($"half a text at {at.Path}", Replace(body, at, $"\"{Encoding.UTF8.GetString(half)}\""), IsSaying: !isDate);
    }

    private static byte[] Replace(byte[] body, Place at, string json) => [.. body[..at.Start], .. Encoding.UTF8.GetBytes(json), .. body[at.End..]];

    private static byte[] Insert(byte[] body, Place at) =>
        at.First == 0 ? [.. body, .. body] : [.. body[..at.End], (byte)',', .. body[at.First..at.End], .. body[at.End..]];

    private static byte[] Remove(byte[] body, Place at)
    {
        var (first, end) = (at.First, at.End);
        if (end < body.Length && body[end] == ',')
        {
            end++;
        }
        else if (first > 0 && body[first - 1] == ',')
        {
            first--;
        }

        return [.. body[..first], .. body[end..]];
    }

    private static void Walk(ref Utf8JsonReader json, string path, int name, List<Place> values)
    {
        var start = (int)json.TokenStartIndex;
        var kind = json.TokenType switch
        {
            JsonTokenType.StartObject => "object",
            JsonTokenType.StartArray => "list",
            JsonTokenType.String => "text",
            JsonTokenType.Number => "number",
            JsonTokenType.Null => "null",
            _ => "flag",
        };
        var index = 0;
        while (kind is "object" or "list" && json.Read() && json.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
        {
            var first = (int)json.TokenStartIndex;
            var inner = kind == "object" ? json.GetString()! : $"{index++}";
            if (kind == "object")
            {
                json.Read();
            }

            Walk(ref json, path.Length == 0 ? inner : $"{path}.{inner}", first, values);
        }

        values.Add(new Place(path, kind, Math.Max(0, name), start, (int)json.BytesConsumed));
    }

    /// <param name="First">Where the property's name begins, or the item.</param>
    private sealed record Place(string Path, string Kind, int First, int Start, int End);
}
