using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>The JSON schema of tenant files, made from the records they are bound to, so that editors complete and check them.</summary>
public sealed class TenantSchema(Catalog<ISource> sources, Catalog<IFeed> feeds, Catalog<IDelivery> deliveries)
{
    public JsonNode Build()
    {
        var schema = Of(typeof(Tenant));
        schema.AsObject().Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.AsObject().Insert(1, "title", "Tenant of EduFunctions");
        return schema;
    }

    private JsonNode Of(Type type) => TenantReader.Options.GetJsonSchemaAsNode(type, new JsonSchemaExporterOptions
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => Transform(context, schema, type),
    });

    /// <param name="root">What the schema is of.</param>
    private JsonObject Transform(JsonSchemaExporterContext context, JsonNode schema, Type root)
    {
        var type = context.TypeInfo.Type;
        var node = Families(type) ?? schema as JsonObject ?? [];
        if (node.ContainsKey("properties"))
        {
            node["additionalProperties"] = false;
        }

        foreach (var attribute in context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [])
        {
            Add(node, attribute);
        }

        if (context.PropertyInfo is { } property && DefaultOf(property, root) is { } value)
        {
            node["default"] = value;
        }

        return node;
    }

    /// <summary>What holds when a file does not name the key; null where that is nothing, or a record of its own.</summary>
    private static JsonNode? DefaultOf(JsonPropertyInfo property, Type root)
    {
        var owner = property.DeclaringType.IsAssignableFrom(root) ? root : property.DeclaringType;
        if (property.IsRequired || property.Get is null || owner.IsAbstract || owner.GetConstructor(Type.EmptyTypes) is not { } make)
        {
            return null;
        }

        var value = property.Get(make.Invoke([]));
        return value is string or bool or int or IReadOnlyList<string> ? JsonSerializer.SerializeToNode(value, value.GetType()) : null;
    }

    /// <summary>The types that stand for several records, and the secret, whose value never stands in a file.</summary>
    private JsonObject? Families(Type type) =>
        type == typeof(Secret) ? SecretSchema()
        : type == typeof(SourceSettings) ? AnyOf(sources.Types.Select(name => Named(sources[name].Settings, name)))
        : type == typeof(DeliverySettings) ? AnyOf(deliveries.Types.Select(name => Named(deliveries[name].Settings, name)))
        : type == typeof(FeedSettings) ? new JsonObject { ["type"] = "object" }
        : type == typeof(FeedSetup) ? AnyOf(feeds.Types.Select(FeedSchema))
        : null;

    private JsonObject FeedSchema(string name)
    {
        var plan = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["required"] = new JsonArray("name", "type", "delivery") };
        var properties = new JsonObject();
        foreach (var property in typeof(FeedSetup).GetProperties())
        {
            var key = JsonNamingPolicy.CamelCase.ConvertName(property.Name);
            var node = key switch
            {
                "type" => new JsonObject { ["const"] = name },
                "settings" => Of(feeds[name].Settings).AsObject(),
                "delivery" => Families(typeof(DeliverySettings))!,
                _ when property.PropertyType == typeof(string) => new JsonObject { ["type"] = "string" },
                _ when property.PropertyType == typeof(int) => new JsonObject { ["type"] = "integer" },
                _ => Of(property.PropertyType).AsObject(),
            };
            foreach (var attribute in property.GetCustomAttributes())
            {
                Add(node, attribute);
            }

            properties[key] = node;
        }

        plan["properties"] = properties;
        return plan;
    }

    private JsonObject Named(Type settings, string name)
    {
        var schema = Of(settings).AsObject();
        schema["properties"]!["type"] = new JsonObject { ["const"] = name };
        return schema;
    }

    private static JsonObject AnyOf(IEnumerable<JsonObject> schemas) => new() { ["anyOf"] = new JsonArray([.. schemas]) };

    private static JsonObject SecretSchema() => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject { ["secret"] = new JsonObject { ["type"] = "string", ["description"] = "Name of the secret." } },
        ["required"] = new JsonArray("secret"),
        ["additionalProperties"] = false,
    };

    private static void Add(JsonObject node, object attribute)
    {
        switch (attribute)
        {
            case DescriptionAttribute description:
                node["description"] = description.Description;
                break;
            case RangeAttribute { Minimum: int minimum, Maximum: int maximum }:
                node["minimum"] = minimum;
                node["maximum"] = maximum;
                break;
            case RegularExpressionAttribute pattern:
                node["pattern"] = pattern.Pattern;
                break;
            case AllowedValuesAttribute allowed:
                node["enum"] = new JsonArray([.. allowed.Values.Select(value => JsonValue.Create((string?)value))]);
                break;
        }
    }
}
