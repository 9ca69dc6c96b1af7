using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EduFunctions.Tests.Contracts;
using NJsonSchema;

namespace EduFunctions.Tests.Tenants;

/// <summary>The reference of tenant files (docs/tenant.md), written out of the schema: a table per object, in the order of the schema.</summary>
internal static partial class TenantReference
{
    public const string Title = "# The tenant file";

    private const string Head =
        $$"""
        {{Title}}

        One JSON file per school owner. This page is made from [tenant.schema.json](tenant.schema.json) by the tests; the schema
        itself gives editors completion and checks (`"$schema": "…/tenant.schema.json"`). Binding is strict: a key that is not
        listed here, a wrong type or a missing secret is named with its path and line, and that tenant alone is refused. A
        secret is named, never written: `{ "secret": "name" }`.


        """;

    public static async Task<string> WriteAsync(string json)
    {
        var page = new StringBuilder(Head.ReplaceLineEndings("\n"));
        Write(page, await JsonSchema.FromJsonAsync(json), "The file", "");
        return page.ToString().TrimEnd() + "\n";
    }

    private static void Write(StringBuilder page, JsonSchema schema, string heading, string path)
    {
        page.Append(CultureInfo.InvariantCulture, $"## {heading}\n\n| Key | Type | Default | Means |\n| --- | --- | --- | --- |\n");
        foreach (var (key, value) in schema.Properties)
        {
            page.Append(CultureInfo.InvariantCulture, $"| `{key}` | {TypeOf(value)} | {DefaultOf(value, schema.RequiredProperties.Contains(key))} | {Cell(value.Description)} |\n");
        }

        page.Append('\n');
        if (PlugIn().Match(path) is { Success: true } plugIn && DocumentationExamples.Find(plugIn.Groups["place"].Value, plugIn.Groups["type"].Value) is { } example)
        {
            page.Append(CultureInfo.InvariantCulture, $"```json\n{example.ToJsonString(Indented).ReplaceLineEndings("\n")}\n```\n\n");
        }

        foreach (var (key, value) in schema.Properties)
        {
            foreach (var (inner, name) in Inner(value, path.Length == 0 ? key : $"{path}.{key}"))
            {
                Write(page, inner, $"`{name}`", name);
            }
        }
    }

    /// <summary>The objects below a key; deliveries stand once, under the first feed.</summary>
    private static IEnumerable<(JsonSchema Schema, string Path)> Inner(JsonSchema value, string path)
    {
        if (path.EndsWith(".delivery", StringComparison.Ordinal) && !path.Contains(FirstFeed, StringComparison.Ordinal))
        {
            return [];
        }

        return value.AnyOf.Count > 0 ? value.AnyOf.Select(kind => (kind, $"{path} ({ConstantOf(kind)})"))
            : value.Item is { } item ? Inner(item, $"{path}[]")
            : value.AdditionalPropertiesSchema is { Properties.Count: > 0 } entry && !IsSecret(entry) ? [(entry, $"{path}.*")]
            : value.Properties.Count > 0 && !IsSecret(value) ? [(value, path)]
            : [];
    }

    private const string FirstFeed = "(appleSchoolManager)";

    private static string TypeOf(JsonSchema value)
    {
        if (IsSecret(value))
        {
            return "secret";
        }

        var limits = value.Minimum is { } from && value.Maximum is { } to ? string.Create(CultureInfo.InvariantCulture, $" {from} to {to}") : "";
        var choice = value.Enumeration.Count > 0 ? string.Join(", ", value.Enumeration.Select(one => $"`{one}`")) : null;
        return ConstantOf(value) is { } constant ? $"`\"{constant}\"`"
            : choice ?? (value.AnyOf.Count > 0 ? "one of the objects below"
            : value.Item is { } item ? $"list of {TypeOf(item)}"
            : value.AdditionalPropertiesSchema is { } entry && IsSecret(entry) ? "object of secrets"
            : value.Type.HasFlag(JsonObjectType.Object) ? "object"
            : value.Type.HasFlag(JsonObjectType.Integer) ? $"whole number{limits}"
            : value.Type.HasFlag(JsonObjectType.Boolean) ? "true or false"
            : "text");
    }

    private static string DefaultOf(JsonSchemaProperty value, bool isRequired) =>
        ConstantOf(value) is not null ? ""
        : isRequired ? "**needed**"
        : value.Default is { } given ? $"`{JsonSerializer.Serialize(Plainly(given), Plain)}`"
        : "";

    private static object? Plainly(object value) =>
        value is Newtonsoft.Json.Linq.JToken token ? JsonSerializer.Deserialize<object>(token.ToString(Newtonsoft.Json.Formatting.None)) : value;

    private static JsonSerializerOptions Plain { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static bool IsSecret(JsonSchema value) => value.Properties.Count == 1 && value.Properties.ContainsKey("secret");

    private static string? ConstantOf(JsonSchema value) =>
        value.ExtensionData?.TryGetValue("const", out var constant) == true ? constant?.ToString()
        : value.Properties.TryGetValue("type", out var type) && type != value ? ConstantOf(type)
        : null;

    private static JsonSerializerOptions Indented { get; } = new(Plain) { WriteIndented = true };

    [GeneratedRegex(@"^(.*\.)?(?<place>source|feeds\[\]|delivery) \((?<type>\w+)\)$")]
    private static partial Regex PlugIn();

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);
}
