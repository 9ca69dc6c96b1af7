using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>How the pipeline writes its own JSON: records, receipts, manifests, messages, answers.</summary>
public static class Serialization
{
    /// <summary>For blobs and answers that people read too.</summary>
    public static JsonSerializerOptions Indented { get; } = Make(indented: true);

    /// <summary>For messages.</summary>
    public static JsonSerializerOptions Compact { get; } = Make(indented: false);

    /// <summary>The same where a stage writes a record by hand: preparing the serializer for it takes longer than writing it.</summary>
    internal static JsonWriterOptions ByHand(bool indented) => new()
    {
        Indented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Names of an enumeration's values by their number.</summary>
    internal static string[] NamesOf(Type enumeration) => [.. Enum.GetNames(enumeration).Select(JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>What the build has prepared; found by reflection, a record takes longer than a small tenant's rules. What is not in it is found so.</summary>
    internal static void Prepare(IJsonTypeInfoResolver prepared) => Types.Prepared = prepared;

    private static JsonSerializerOptions Make(bool indented) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = indented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(new Types(), new DefaultJsonTypeInfoResolver()),
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private sealed class Types : IJsonTypeInfoResolver
    {
        public static IJsonTypeInfoResolver? Prepared { get; set; }

        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) => Prepared?.GetTypeInfo(type, options);
    }
}
