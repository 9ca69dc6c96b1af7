using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Frees a user name that somebody of ours has at the server and is not to have any more, as where a server was restored to a day before two exchanged theirs:
/// nothing that was remembered tells of that, the server does.
/// </summary>
internal sealed class ScimNames(ScimServer server, ScimDirectory directory, ScimAbilities abilities, ScimChanging changing, ScimOurs ours)
{
    private ILookup<string, string>? _all;

    /// <summary>Whoever of ours has the user name of a line is called by the id, until a line of their own comes.</summary>
    /// <returns>What became of that; null where nobody of ours is seen to have it.</returns>
    public async Task<ScimOutcome?> FreeAsync(ScimLine line, CancellationToken ct)
    {
        if (!line.Type.IsPerson || ScimText.Of(line.Resource?["userName"]) is not { } name)
        {
            return null;
        }

        foreach (var id in (await FindAsync(line.Type, name, ct)).Where(id => id != line.Id && ours.Has(line.Type, id)))
        {
            if ((await directory.FindAllAsync(line.Type, id, ct)).FirstOrDefault(user => IsNamed(user, name)) is { } has)
            {
                return await changing.ChangeAsync(new ScimLine(ScimLine.Aside, line.Type, id), new JsonObject { ["userName"] = id }, has, ct);
            }
        }

        return null;
    }

    /// <summary>External ids of who has the name: looked for, and where the server looks for none, out of all, which are read once.</summary>
    private async Task<IEnumerable<string>> FindAsync(ScimType type, string name, CancellationToken ct)
    {
        if (abilities.Filter)
        {
            var asked = $"{type.Endpoint}?filter={Uri.EscapeDataString($"userName eq {ScimJson.Text(name)}")}";
            var answer = await server.AskAsync(HttpMethod.Get, asked, body: null, version: null, ct);
            var found = (answer.Body?["Resources"] as JsonArray ?? []).OfType<JsonObject>().Where(user => IsNamed(user, name)).ToList();
            if (answer.IsGood && (found.Count > 0 || ScimText.NumberOf(answer.Body?["totalResults"]) == 0))
            {
                return found.Select(user => ScimText.Of(user["externalId"])).OfType<string>();
            }
        }

        _all ??= (await directory.Listing.TryAllAsync(type, ct) ?? []).Where(user => ScimText.Of(user["externalId"]) is not null)
            .ToLookup(user => ScimText.Of(user["userName"]) ?? "", user => ScimText.Of(user["externalId"])!, StringComparer.OrdinalIgnoreCase);
        return _all[name];
    }

    private static bool IsNamed(JsonObject user, string name) => string.Equals(ScimText.Of(user["userName"]), name, StringComparison.OrdinalIgnoreCase);
}
