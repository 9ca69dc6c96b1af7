using System.Text.Json;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What stands somewhere, in a word for people: never the value.</summary>
internal static class JsonKind
{
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
