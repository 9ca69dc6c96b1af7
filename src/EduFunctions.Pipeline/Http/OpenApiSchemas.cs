using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Http;

/// <summary>JSON schemas of our types as they are serialized, each of our records once and by name.</summary>
internal sealed class OpenApiSchemas
{
    // Numbers are written as numbers; that they could be read from text is of no concern here.
    private static readonly JsonSerializerOptions Options = new(Serialization.Indented) { NumberHandling = JsonNumberHandling.Strict };

    private readonly SortedDictionary<string, JsonNode?> _schemas = new(StringComparer.Ordinal);

    public JsonNode Reference(Type type) => IsNamed(type) ? Name(type) : Of(type);

    /// <summary>All that were referred to.</summary>
    public JsonObject Build() => new(_schemas);

    private JsonObject Name(Type type)
    {
        if (_schemas.TryAdd(type.Name, null))
        {
            _schemas[type.Name] = Of(type);
        }

        return new JsonObject { ["$ref"] = $"#/components/schemas/{type.Name}" };
    }

    private JsonNode Of(Type type) => Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) =>
        {
            if (context.Path.Length == 0 || !IsNamed(context.TypeInfo.Type))
            {
                return schema;
            }

            var mayBeNull = schema is JsonObject node && node["type"] is JsonArray types && types.Any(name => (string?)name == "null");
            var reference = Name(context.TypeInfo.Type);
            return mayBeNull ? new JsonObject { ["anyOf"] = new JsonArray(reference, new JsonObject { ["type"] = "null" }) } : reference;
        },
    });

    private static bool IsNamed(Type type) => type is { IsClass: true, IsGenericType: false } && type.Namespace?.StartsWith("EduFunctions", StringComparison.Ordinal) == true;
}
