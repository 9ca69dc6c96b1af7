using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>Puts the server's ids in the place of ours.</summary>
internal sealed class ScimReferences(ScimDirectory directory)
{
    /// <summary>Ids of ours that a resource refers to.</summary>
    public static IEnumerable<(ScimType Type, string Id)> In(JsonNode? node) => node switch
    {
        JsonObject one when Find(one) is { } reference => [reference],
        JsonObject parts => parts.SelectMany(part => In(part.Value)),
        JsonArray entries => entries.SelectMany(In),
        _ => [],
    };

    /// <returns>The resource, and whether the server has all that it refers to; what it does not have is left out.</returns>
    public async Task<(JsonObject Resource, bool IsWhole)> ResolveAsync(JsonObject resource, CancellationToken ct)
    {
        var places = new Dictionary<(ScimType, string), string?>();
        foreach (var reference in In(resource).Distinct())
        {
            places[reference] = await directory.FindIdAsync(reference.Type, reference.Id, ct);
        }

        var resolved = places.Count == 0 ? resource : (JsonObject)Resolve(resource, reference => places[reference])!;
        return (resolved, !places.ContainsValue(null));
    }

    /// <returns>The server's ids, and whether it has all.</returns>
    public async Task<(IReadOnlyList<string> Places, bool IsWhole)> ResolveAsync(ScimType type, IEnumerable<string> ids, CancellationToken ct)
    {
        var (places, isWhole) = (new List<string>(), true);
        foreach (var id in ids)
        {
            if (await directory.FindIdAsync(type, id, ct) is { } place)
            {
                places.Add(place);
            }
            else
            {
                isWhole = false;
            }
        }

        return (places, isWhole);
    }

    /// <returns>The server's ids of those whom it has, of each all.</returns>
    public async Task<IReadOnlyList<string>> FindAllAsync(ScimType type, IEnumerable<string> ids, CancellationToken ct)
    {
        var places = new List<string>();
        foreach (var id in ids)
        {
            places.AddRange(await directory.FindIdsAsync(type, id, ct));
        }

        return places;
    }

    /// <summary>Null for what refers to nothing.</summary>
    private static JsonNode? Resolve(JsonNode? node, Func<(ScimType, string), string?> placeOf)
    {
        switch (node)
        {
            case JsonObject one when Find(one) is { } reference:
                return placeOf(reference);
            case JsonObject parts:
                var resolved = parts.Select(part => KeyValuePair.Create(part.Key, Resolve(part.Value, placeOf))).ToList();
                return resolved.Exists(part => part.Key == "value" && part.Value is null) ? null : new JsonObject(resolved);
            case JsonArray entries:
                return new JsonArray([.. entries.Select(entry => Resolve(entry, placeOf)).Where(entry => entry is not null)]);
            default:
                return node?.DeepClone();
        }
    }

    private static (ScimType Type, string Id)? Find(JsonObject one) =>
        one.Count == 1 && ScimText.Of(one[ScimJson.Reference]) is { } text && text.Split('/', 2) is [var kind, var id] && ScimType.Find(kind) is { } type ? (type, id) : null;
}
