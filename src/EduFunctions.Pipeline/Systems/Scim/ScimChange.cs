using System.Text;
using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What one resource of a server is to become: its attributes, and who comes into its list and goes; the server's ids.</summary>
/// <param name="Has">What it was like; nothing for what is created.</param>
internal sealed record ScimChange(ScimType Type, string Place, JsonObject Wanted, JsonObject Has)
{
    /// <summary>What everything else depends on: that a server makes something of its own of these is not put up with.</summary>
    private static readonly string[] Strict = ["active", "userName"];

    /// <summary>On attributes; none where they are so already.</summary>
    public IReadOnlyList<JsonObject> Operations { get; } = ScimPatch.Between(Wanted, Has);

    /// <summary>Whom the list shows; null where it is not told.</summary>
    public IReadOnlySet<string>? There { get; init; }

    /// <summary>Ids of ours that should be in the list already.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>Sent also where the list does not show them: what a server shows of a list need not be all.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>Whether the server has all that it refers to.</summary>
    public bool IsWhole { get; init; } = true;

    public IReadOnlyList<string> Coming => [.. Add.Where(place => There?.Contains(place) != true)];

    public bool IsNothing => Operations.Count == 0 && Coming.Count == 0 && Gone.Count == 0;

    public bool HasList => Add.Count > 0 || Gone.Count > 0;

    /// <summary>Whether the server was given it earlier.</summary>
    public bool IsGiven { get; init; }

    /// <summary>Whether the list showed fewer than are in it; where all is said once more, nobody is said to be in it already.</summary>
    public bool ShowsPart => There is not null && (Keep.Count > 0 ? There.Count < Keep.Count : IsGiven && There.Count > 0 && There.IsSubsetOf(Add));

    /// <summary>Whether a list has none but who has just come, although others were in it and should have stayed.</summary>
    public bool IsInstead(IReadOnlySet<string> now) =>
        now.Count > 0 && now.IsSubsetOf(Coming) && (There is null ? Keep.Count > 0 : There.Except(Gone).Any(place => !now.Contains(place)));

    /// <summary>The attributes of the operations.</summary>
    public IEnumerable<string> Asked => Operations.Select(ScimPatch.RootOf).Distinct();

    /// <summary>What a server shows otherwise than it was asked for, and what of that it does not show.</summary>
    /// <remarks>A server may make a name shorter, or an address lower case: but where it shows nothing of it all, it has done nothing.</remarks>
    public (IReadOnlyList<string> Undone, IReadOnlyList<string> Untold) Compare(JsonObject shown)
    {
        string[] asked = [.. Asked];
        var other = ScimPatch.Between(Wanted, shown).Select(ScimPatch.RootOf).Where(asked.Contains).ToHashSet(StringComparer.Ordinal);
        string[] untold = [.. other.Where(root => shown[root] is null)];
        string[] undone = [.. other.Where(root => shown[root] is not null && Strict.Contains(root))];

        // What a server writes in its own way stays so whatever it does with the rest.
        string[] others = [.. asked.Where(root => Has[root] is not { } had || !IsAlike(Wanted[root], had))];
        return undone.Length == 0 && others.Length > 0 && others.All(root => other.Contains(root) && shown[root] is { } now && JsonNode.DeepEquals(now, Has[root]))
            ? (others, untold)
            : (undone, untold);
    }

    /// <summary>Whether a server may have made that of what it was sent: letters of another case or form, and parts left out.</summary>
    private static bool IsAlike(JsonNode? sent, JsonNode? shown) => (sent, shown) switch
    {
        (JsonObject parts, JsonObject there) => parts.All(part => there[part.Key] is null || IsAlike(part.Value, there[part.Key])),
        (JsonArray entries, JsonArray there) => entries.Count == there.Count && entries.Zip(there).All(pair => IsAlike(pair.First, pair.Second)),
        _ => string.Equals(Plain(sent), Plain(shown), StringComparison.OrdinalIgnoreCase),
    };

    private static string Plain(JsonNode? value) => (ScimText.Of(value) ?? value?.ToJsonString() ?? "").Trim().Normalize(NormalizationForm.FormKC);

    public static IReadOnlySet<string>? Ids(JsonArray? list) => list?.Select(ScimPatch.ValueOf).OfType<string>().ToHashSet(StringComparer.Ordinal);
}
