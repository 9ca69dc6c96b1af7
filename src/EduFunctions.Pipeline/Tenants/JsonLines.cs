using System.Text.Json;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>The line of every value in a JSON text by its path (<c>$.feeds[0].name</c>), so that an error can say where.</summary>
internal sealed class JsonLines
{
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);
    private readonly byte[] _json;

    public JsonLines(byte[] json, JsonReaderOptions options)
    {
        _json = json;
        var reader = new Utf8JsonReader(json, options);
        reader.Read();
        Walk(ref reader, "$");
    }

    /// <summary>The line of the value, or of the nearest value around it.</summary>
    public int Of(string path)
    {
        while (!_lines.ContainsKey(path) && path.LastIndexOfAny(['.', '[']) is > 0 and var end)
        {
            path = path[..end];
        }

        return _lines.GetValueOrDefault(path, 1);
    }

    private void Walk(ref Utf8JsonReader reader, string path)
    {
        _lines[path] = 1 + _json.AsSpan(0, (int)reader.TokenStartIndex).Count((byte)'\n');
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
            {
                var name = reader.GetString();
                reader.Read();
                Walk(ref reader, $"{path}.{name}");
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var item = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; item++)
            {
                Walk(ref reader, $"{path}[{item}]");
            }
        }
    }
}
