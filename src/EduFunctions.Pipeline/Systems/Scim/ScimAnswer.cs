using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What a server said to a call.</summary>
/// <param name="Status">0 where there was none.</param>
/// <param name="Body">Null for none, and for what is no JSON object.</param>
internal sealed record ScimAnswer(int Status, JsonObject? Body = null)
{
    public const int NotFound = 404;
    public const int Conflict = 409;
    public const int Gone = 410;
    public const int PreconditionFailed = 412;
    public const int NoContent = 204;
    private const int TooLarge = 413;

    /// <summary>Texts of the standard; what else an answer says may hold data and is not repeated.</summary>
    private static readonly string[] Keywords =
        ["invalidFilter", "tooMany", "uniqueness", "mutability", "invalidSyntax", "invalidPath", "noTarget", "invalidValue", "invalidVers", "sensitive"];

    private static readonly JsonNodeOptions Names = new() { PropertyNameCaseInsensitive = true };

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Whether nobody knows what was done.</summary>
    public bool IsLost => Status is 0 or 408 or (>= 500 and not 501);

    public bool IsGood => Status is >= 200 and < 300;

    /// <summary>Whether fewer at once might be taken.</summary>
    public bool IsTooMany => Status == TooLarge || (Status == 400 && Keyword == "tooMany");

    /// <summary>Whether it refuses the way of asking, or says nothing of why: another way may be taken.</summary>
    public bool MayBeTakenOtherwise => Status is 400 or 405 or 415 or 422 or 501 && Keyword != "uniqueness";

    public string? Keyword => Keywords.FirstOrDefault(word => ScimText.Of(Body?["scimType"]) == word);

    /// <summary>For receipts: status and keyword.</summary>
    [Told]
    public override string ToString() => Status == 0 ? "no answer" : Keyword is { } keyword ? $"{Status} {keyword}" : $"{Status}";

    public static ScimAnswer Of(int status, byte[] body)
    {
        try
        {
            return new ScimAnswer(status, body.Length == 0 ? null : JsonNode.Parse(body, Names, Strict) as JsonObject);
        }
        catch (JsonException)
        {
            return new ScimAnswer(status);
        }
    }
}

/// <summary>What stands in an answer, whatever kind of value it is.</summary>
internal static class ScimText
{
    /// <summary>Null for what is no text.</summary>
    public static string? Of(JsonNode? value) => value is JsonValue given && given.TryGetValue(out string? text) ? text : null;

    /// <summary>Null for what is no whole number; some write it as a text.</summary>
    public static int? NumberOf(JsonNode? value) =>
        value is JsonValue given && given.TryGetValue(out int number) ? number
        : int.TryParse(Of(value), NumberStyles.None, CultureInfo.InvariantCulture, out var read) ? read
        : null;

    /// <summary>Whether it says so, perhaps as a text; the value where it says nothing.</summary>
    public static bool Says(JsonNode? value, bool otherwise) =>
        value is JsonValue given && given.TryGetValue(out bool says) ? says : bool.TryParse(Of(value), out var read) ? read : otherwise;

    /// <summary>The server's own id of a resource.</summary>
    public static string? IdOf(JsonObject? resource) => KeyOf(resource?["id"]) is { Length: > 0 } id ? id : null;

    /// <summary>An id; some write numbers.</summary>
    public static string? KeyOf(JsonNode? value) =>
        Of(value) ?? (value is JsonValue given && given.TryGetValue(out long number) ? number.ToString(CultureInfo.InvariantCulture) : null);

    public static string? VersionOf(JsonObject resource) => Of((resource["meta"] as JsonObject)?["version"]) is { Length: > 0 } version ? version : null;
}
