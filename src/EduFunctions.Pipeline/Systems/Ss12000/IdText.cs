using System.Text.Json;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Ids where no walker reads them: in objects that are only looked through for markings.</summary>
internal static class IdText
{
    /// <summary>An id as the JSON has it.</summary>
    /// <param name="json">Begins with the text's quote.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, out EntityId id)
    {
        var reader = new Utf8JsonReader(json);
        id = default;
        return reader.Read() && reader.TokenType == JsonTokenType.String && EntityId.TryRead(JsonText.Of(ref reader, out _), out id);
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
            if (isId && reader.TokenType == JsonTokenType.String && EntityId.TryRead(JsonText.Of(ref reader, out _), out var id))
            {
                ids.Add(id);
            }

            reader.Skip();
        }
    }
}
