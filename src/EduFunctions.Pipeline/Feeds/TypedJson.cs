using System.Text.Json;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Rows of JSON: by the names of their properties, which are the product's own.</summary>
/// <param name="kindOf">By the name of a property, or of the list it is in: what stands there; null for a text.</param>
internal sealed class TypedJson(Func<string, PartKind?> kindOf) : ITypedRows
{
    private readonly Stack<string> _within = new();

    public void Read(ReadOnlySpan<byte> row, ICollection<TypedPart> parts)
    {
        try
        {
            ReadObject(row, parts);
        }
        catch (JsonException)
        {
            // What is no JSON is a text.
            parts.Clear();
        }
    }

    private void ReadObject(ReadOnlySpan<byte> row, ICollection<TypedPart> parts)
    {
        var reader = new Utf8JsonReader(row);
        var name = "";
        _within.Clear();
        while (reader.Read())
        {
            var start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    name = reader.GetString()!;
                    parts.Add(new TypedPart(PartKind.Own, start + 1, reader.ValueSpan.Length));
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    _within.Push(name.Length > 0 ? name : Within());
                    name = "";
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    _within.Pop();
                    name = "";
                    break;
                case JsonTokenType.String when kindOf(name.Length > 0 ? name : Within()) is { } kind:
                    parts.Add(new TypedPart(kind, start + 1, reader.ValueSpan.Length));
                    break;
            }
        }
    }

    private string Within() => _within.TryPeek(out var name) ? name : "";
}
