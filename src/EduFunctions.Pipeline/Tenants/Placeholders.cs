using System.Text.Json;
using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Tenants;

/// <summary>
/// Values that nobody has filled in yet, as samples and documents leave them: they look as they should, and no system anywhere answers to them.
/// </summary>
public static partial class Placeholders
{
    /// <summary>What samples say in the place of what only its owner knows.</summary>
    public const string Mark = "fill-in";

    private static readonly JsonReaderOptions Syntax = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <param name="file">A tenant file; one that is no JSON has none.</param>
    public static IReadOnlyList<ConfigurationError> In(byte[] file)
    {
        var (json, fault) = TenantText.Of(file);
        try
        {
            using var document = fault is null ? JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = Syntax.CommentHandling, AllowTrailingCommas = true }) : null;
            var lines = document is null ? null : new JsonLines(json, Syntax);
            return document is null ? [] : [.. Found(document.RootElement, "$").Select(found => new ConfigurationError(found.Path, lines!.Of(found.Path), found.Cause))];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static IEnumerable<(string Path, string Cause)> Found(JsonElement value, string path) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(entry => Found(entry.Value, $"{path}.{entry.Name}")),
        JsonValueKind.Array => value.EnumerateArray().Index().SelectMany(item => Found(item.Item, $"{path}[{item.Index}]")),
        JsonValueKind.String when Cause(value.GetString()!, path) is { } cause => [(path, cause)],
        _ => [],
    };

    private static string? Cause(string text, string path) =>
        Unfilled().IsMatch(text) ? "is still to be filled in"
        : IsNoAddress(path) ? null
        : Nobodys().Match(text) is { Success: true } host ? $"names {host.Value}, which is an example and nobody's: fill in your own"
        : null;

    /// <summary>User names and namespaces look as their system wants them to, and need be nobody's.</summary>
    private static bool IsNoAddress(string path) =>
        path.EndsWith("username", StringComparison.OrdinalIgnoreCase) || path.EndsWith("namespace", StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"\bfill(ed)?[-_ ]?in\b|…|\.\.\.|^(<.*>|todo|change-?me|x{3,})$", RegexOptions.IgnoreCase)]
    private static partial Regex Unfilled();

    /// <summary>Hosts that are kept free for documents and tests (RFC 2606).</summary>
    [GeneratedRegex(@"(?<![\w.-])([\w-]+\.)*(example\.(com|net|org)|([\w-]+\.)(example|invalid|test))(?![\w.-])", RegexOptions.IgnoreCase)]
    private static partial Regex Nobodys();
}
