using System.Text.Json;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What stands somewhere, in a word for people: never the value.</summary>
internal static class JsonKind
{
    /// <summary>The same where nothing but a list or an object was expected.</summary>
    public static string Alone(JsonTokenType type) => type == JsonTokenType.String ? "a text" : Of(type);

    [Told]
    public static string Of(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject or JsonTokenType.EndObject => "an object",
        JsonTokenType.StartArray or JsonTokenType.EndArray => "a list",
        JsonTokenType.Number => "a number",
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => "null",
        _ => "another text",
    };
}
