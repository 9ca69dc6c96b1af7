using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Takes away. Where a server deletes nobody, users are emptied: no longer active, without names and addresses, under a user name that is their id. They are
/// still there, which is told: among them may be who is protected.
/// </summary>
internal sealed class ScimFarewell(ScimServer server, ScimDirectory directory, ScimAbilities abilities, ScimWhole whole)
{
    /// <returns>What the server answered to the deletion, and what became of the user instead; null where nothing has to.</returns>
    public async Task<(ScimAnswer Answer, string? Instead)> TakeAsync(ScimLine line, JsonObject has, CancellationToken ct)
    {
        var answer = await server.AskAsync(HttpMethod.Delete, ScimDirectory.PathOf(line.Type, ScimText.IdOf(has)!), body: null, ScimText.VersionOf(has), ct);

        // Whatever was answered, the next look tells whether it is gone.
        directory.Doubt(line.Type, line.Id);
        return answer.Status is 403 or 405 or 501 && line.Type.IsPerson && !abilities.OurIds
            ? (answer, $"{answer} to a deletion, {await CloseAsync(line, has, ct)}; have whoever keeps the server delete it, since it may be somebody protected")
            : (answer, null);
    }

    /// <summary>Emptied; where the server wants names, with none that tell; where it takes neither, at least not active.</summary>
    private async Task<string> CloseAsync(ScimLine line, JsonObject has, CancellationToken ct)
    {
        var inactive = new JsonObject { ["active"] = false };
        var empty = new JsonObject { ["active"] = false, ["userName"] = line.Id };
        ScimWhole.Telling.ToList().ForEach(attribute => empty[attribute] = null);
        var neutral = empty.DeepClone().AsObject();
        (neutral["name"], neutral["displayName"]) = (new JsonObject { ["givenName"] = ScimWhole.Nobody, ["familyName"] = ScimWhole.Nobody, ["formatted"] = ScimWhole.Nobody }, ScimWhole.Nobody);
        return await ChangeAsync(line, empty, has, ct) || await ChangeAsync(line, neutral, has, ct) ? "so the user is no longer active and has no name there, but is not gone"
            : await ChangeAsync(line, inactive, has, ct) ? "so the user is no longer active there, but keeps its name"
            : "and the user cannot be made inactive there either";
    }

    private async Task<bool> ChangeAsync(ScimLine line, JsonObject wanted, JsonObject has, CancellationToken ct)
    {
        var operations = ScimPatch.Between(wanted, has);
        if (operations.Count == 0)
        {
            return true;
        }

        var (method, body) = abilities.Patch ? (HttpMethod.Patch, ScimPatch.Message(operations)) : (HttpMethod.Put, whole.Of(line, wanted, has).ToJsonString());
        var answer = await server.AskAsync(method, ScimDirectory.PathOf(line.Type, ScimText.IdOf(has)!), body, ScimText.VersionOf(has), ct);
        return answer.IsGood;
    }
}
