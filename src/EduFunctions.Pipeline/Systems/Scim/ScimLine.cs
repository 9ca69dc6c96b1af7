using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>One thing to do at a server: a line of the feed's file.</summary>
/// <param name="Do">One of the words below.</param>
/// <param name="Id">The external id.</param>
internal sealed record ScimLine(string Do, ScimType Type, string Id)
{
    /// <summary>Created, or made like this.</summary>
    public const string Bring = "bring";

    /// <summary>Let rest: a user is no longer active, a group loses whom it had.</summary>
    public const string Rest = "rest";

    /// <summary>A user gives up the user name, which somebody else is to have, and is called by the id.</summary>
    public const string Aside = "aside";

    /// <summary>Taken out of a list, by keys alone.</summary>
    public const string Remove = "remove";

    public const string Delete = "delete";

    /// <summary>Called otherwise, with everything else as it is: what stays under a name that tells by now.</summary>
    public const string Rename = "rename";

    private static readonly string[] Words = [Bring, Rest, Aside, Remove, Delete, Rename];

    private static readonly string[] Keys = ["id", "externalId", "userName", "keep", "add", "gone", "schoolUnitCode", ScimJson.Reference];

    private static readonly string[] OwnNames = ["do", "type", "schemas", "userType", "employmentRole", "studentGroupType", "schoolYear", "schoolType"];

    public static IEnumerable<string> OwnWords => [.. Words, .. Keys, .. OwnNames, "teacher", "staff", "student", "guardian", "work", "active", "true", "false"];

    /// <summary>Of what is brought.</summary>
    public JsonObject? Resource { get; init; }

    /// <summary>Ids in the list that the server should have already.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    public IReadOnlyList<string> Add { get; init; } = [];

    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>The server's id, where it is known of who rests.</summary>
    public string? Place { get; init; }

    /// <summary>Whether the server was given it earlier, so that it should be there.</summary>
    public bool IsGiven { get; init; }

    /// <summary>Whether nobody else of ours is to be in the list: a server that was restored may have there whom nobody remembers.</summary>
    public bool IsAll { get; init; }

    /// <summary>Whether a row takes somebody away by keys: the only place for a protected person's id.</summary>
    public static bool IsOfKeys(ReadOnlySpan<byte> row) => row.StartsWith("{\"do\":\"delete\","u8) || row.StartsWith("{\"do\":\"remove\","u8);

    public static string Write(string word, ScimType type, string id, string? resource = null, IEnumerable<string>? keep = null, IEnumerable<string>? add = null, IEnumerable<string>? gone = null,
        string? place = null, bool isGiven = false, bool isAll = false) =>
        ScimJson.Object(
            ("do", ScimJson.Text(word)), ("type", ScimJson.Text(type.Endpoint)), ("id", ScimJson.Text(id)), ("resource", resource),
            ("keep", Listed(keep)), ("add", Listed(add)), ("gone", Listed(gone)),
            ("place", place is null ? null : ScimJson.Text(place)), ("given", isGiven ? ScimJson.True : null), ("all", isAll ? ScimJson.True : null));

    /// <summary>What stands in a property; null for a text.</summary>
    public static PartKind? KindOf(string name) => Keys.Contains(name) ? PartKind.Key : OwnNames.Contains(name) ? PartKind.Own : null;

    /// <summary>Null for what is no such line.</summary>
    public static ScimLine? TryParse(ReadOnlySpan<byte> row)
    {
        try
        {
            return JsonNode.Parse(row) is JsonObject line
                && (string?)line["do"] is { } word && Words.Contains(word)
                && ScimType.Find((string?)line["type"]) is { } type
                && (string?)line["id"] is { Length: > 0 } id
                ? new ScimLine(word, type, id)
                {
                    Resource = line["resource"] as JsonObject,
                    Keep = Ids(line["keep"]),
                    Add = Ids(line["add"]),
                    Gone = Ids(line["gone"]),
                    Place = (string?)line["place"],
                    IsGiven = word != Bring || line["given"] is not null,
                    IsAll = line["all"] is not null,
                }
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Listed(IEnumerable<string>? ids) => ids?.ToList() is { Count: > 0 } listed ? ScimJson.Texts(listed) : null;

    private static IReadOnlyList<string> Ids(JsonNode? list) => list is JsonArray ids ? [.. ids.Select(id => (string)id!)] : [];
}
