using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Contracts;

/// <summary>The blocks of JSON in the documentation, each put into a tenant file in its place.</summary>
internal static partial class DocumentationExamples
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>A tenant file with an example of this member; null when no page has one.</summary>
    public static JsonObject? Find(IPlugIn member) => Blocks()
        .Select(block => member is ISource ? Source(block) : member is IFeed ? Feed(block) : Delivery(block))
        .FirstOrDefault(place => place is not null && (string?)place["type"] == member.Type) is { } example
            ? Tenant(member, example.DeepClone())
            : null;

    /// <summary>The same, of a kind of plug-in by its type.</summary>
    /// <param name="place"><c>source</c>, <c>feeds[]</c> or <c>delivery</c>.</param>
    public static JsonNode? Find(string place, string type) => Blocks()
        .Select(block => place switch { "source" => Source(block), "delivery" => Delivery(block), _ => Feed(block) })
        .FirstOrDefault(example => example is not null && (string?)example["type"] == type);

    private static JsonObject Tenant(IPlugIn member, JsonNode example)
    {
        var tenant = JsonNode.Parse(Repository.Text("src/EduFunctions.LocalHost/Demo/tenants/nordhamn.json"), documentOptions: Lenient)!.AsObject();
        if (member is ISource)
        {
            tenant["source"] = example;
        }
        else if (member is IFeed)
        {
            tenant["feeds"] = new JsonArray(example);
        }
        else
        {
            tenant["feeds"]![0]!["delivery"] = example;
        }

        return tenant;
    }

    private static JsonNode? Source(JsonObject block) => block["source"];

    private static JsonObject? Feed(JsonObject block) => block.ContainsKey("delivery") && block.ContainsKey("type") ? block : null;

    private static JsonNode? Delivery(JsonObject block) => block["delivery"];

    /// <summary>A block that begins with a key is what stands within an object. The reference of tenant files repeats what stands elsewhere.</summary>
    private static IEnumerable<JsonObject> Blocks() =>
        from page in Registered.PagesIn("docs")
        where !page.StartsWith(Tenants.TenantReference.Title, StringComparison.Ordinal)
        from Match block in Block().Matches(page)
        let text = block.Groups["text"].Value.Trim()
        select JsonNode.Parse(text.StartsWith('"') ? $"{{{text}}}" : text, documentOptions: Lenient) as JsonObject into parsed
        where parsed is not null
        select parsed;

    [GeneratedRegex(@"```jsonc?\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
