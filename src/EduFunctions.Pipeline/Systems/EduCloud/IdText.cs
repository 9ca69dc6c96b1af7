using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.EduCloud;

/// <summary>Ids as registers write them: with blanks around them, in braces, in either case, with escapes.</summary>
internal static class IdText
{
    public static bool TryParse(ReadOnlySpan<byte> text, out EntityId id)
    {
        var bare = text.Trim(" \t\r\n"u8);
        if (bare is [(byte)'{', .. var inner, (byte)'}'])
        {
            bare = inner.Trim(" \t\r\n"u8);
        }

        return EntityId.TryParse(bare, out id);
    }

    /// <summary>An id as the JSON has it.</summary>
    /// <param name="json">Begins with the text's quote.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, out EntityId id)
    {
        var reader = new Utf8JsonReader(json);
        id = default;
        return reader.Read() && reader.TokenType == JsonTokenType.String && TryParse(Unescaped(reader), out id);
    }

    /// <summary>The id of an object, wherever in it that stands; of several all.</summary>
    /// <param name="json">Begins with the object.</param>
    public static void AddIds(ReadOnlySpan<byte> json, List<EntityId> ids)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId && reader.TokenType == JsonTokenType.String && TryParse(Unescaped(reader), out var id))
            {
                ids.Add(id);
            }

            reader.Skip();
        }
    }

    private static ReadOnlySpan<byte> Unescaped(in Utf8JsonReader reader)
    {
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan;
        }

        var text = new byte[reader.ValueSpan.Length];
        return text.AsSpan(0, reader.CopyString(text));
    }
}
