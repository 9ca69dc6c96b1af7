using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Whom a resource lists. A server may leave a list out of what it shows (RFC 7643, 2.4), and leaves out one that is empty: so it is asked for by its name,
/// and only where others are told does a list that is not count as empty.
/// </summary>
internal sealed class ScimLists(ScimServer server, ScimListing listing)
{
    private readonly HashSet<ScimType> _told = [];
    private readonly HashSet<ScimType> _searched = [];

    /// <returns>Null where the server does not tell.</returns>
    public async Task<JsonArray?> FindAsync(ScimType type, string place, JsonObject? has, CancellationToken ct)
    {
        if (Told(type, has) is { } there)
        {
            return there;
        }

        var answer = await server.AskAsync(HttpMethod.Get, $"{ScimDirectory.PathOf(type, place)}?attributes={type.List}", body: null, version: null, ct);
        return (answer is { IsGood: true, Body: { } body } ? Told(type, body) : null) ?? (await TellsAsync(type, ct) ? [] : null);
    }

    /// <summary>Whether somebody is in a list that does not show them: the resource is found by whom it lists, and not by whoever is nobody.</summary>
    public async Task<bool> HidesAsync(ScimType type, string place, string member, CancellationToken ct) =>
        await FindsAsync(type, place, member, ct) && !await FindsAsync(type, place, ScimWhole.Nobody, ct);

    private async Task<bool> FindsAsync(ScimType type, string place, string member, CancellationToken ct)
    {
        var filter = Uri.EscapeDataString($"{type.List}.value eq {ScimJson.Text(member)}");
        var answer = await server.AskAsync(HttpMethod.Get, $"{type.Endpoint}?filter={filter}", body: null, version: null, ct);
        return answer is { IsGood: true, Body: { } body } && body["Resources"] is JsonArray found && found.Any(resource => ScimText.IdOf(resource as JsonObject) == place);
    }

    /// <summary>Whether the list of any other is told.</summary>
    private async Task<bool> TellsAsync(ScimType type, CancellationToken ct)
    {
        if (!_told.Contains(type) && _searched.Add(type))
        {
            foreach (var resource in await listing.TryAllAsync(type, ct) ?? [])
            {
                Told(type, resource);
            }
        }

        return _told.Contains(type);
    }

    private JsonArray? Told(ScimType type, JsonObject? resource)
    {
        if (resource?[type.List!] is JsonArray told)
        {
            _told.Add(type);
            return told;
        }

        return null;
    }
}
