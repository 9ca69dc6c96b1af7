using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Takes away. Whatever a server answers to a deletion, what is still there afterwards is not gone: it is tried again without effect, since some delete only
/// who is not active, and users who stay all the same are emptied. What still stands there then is told: among them may be who is protected.
/// </summary>
internal sealed class ScimFarewell(ScimServer server, ScimDirectory directory, ScimAbilities abilities, ScimWhole whole)
{
    /// <summary>Kinds of which it was seen that what is deleted is gone.</summary>
    private readonly HashSet<ScimType> _deletes = [];
    private bool _wantsInactive;

    /// <param name="isLast">Whether it is not looked at again.</param>
    [Told]
    public async Task<ScimOutcome> TakeAsync(ScimLine line, JsonObject has, bool isLast, CancellationToken ct)
    {
        // Whatever is answered, the next look tells whether it is gone.
        directory.Doubt(line.Type, line.Id);
        if (_wantsInactive && line.Type.IsPerson)
        {
            has = await ChangeAsync(line, Inactive(), has, ct);
        }

        var answer = await DeleteAsync(line, has, ct);
        if (answer.Status == ScimAnswer.NoContent && (_deletes.Contains(line.Type) || abilities.OurIds))
        {
            return ScimOutcome.Done;
        }

        if (abilities.OurIds || answer.Status is ScimAnswer.NotFound or ScimAnswer.PreconditionFailed)
        {
            return After(answer);
        }

        var (isGone, left) = await directory.LookAsync(line.Type, ScimText.IdOf(has)!, ct);
        if (isGone || (left is null && answer.Status == ScimAnswer.NoContent))
        {
            _ = answer.IsGood && isGone && _deletes.Add(line.Type);
            return ScimOutcome.Done;
        }

        return (answer.IsLost || (answer.IsGood && answer.Status != ScimAnswer.NoContent)) && !isLast ? ScimOutcome.Again(answer)
            : line.Type.IsPerson ? await CloseAsync(line, left ?? has, answer, ct)
            : left is null ? After(answer)
            : new ScimOutcome($"{answer} to a deletion, and it is not gone");
    }

    private static ScimOutcome After(ScimAnswer answer) =>
        answer.IsGood || answer.IsLost || answer.Status is ScimAnswer.NotFound or ScimAnswer.PreconditionFailed ? ScimOutcome.Again(answer) : ScimOutcome.Refused(answer);

    /// <summary>
    /// Not active, and once more deleted; else emptied; where the server wants names, with none that tell; where it takes neither, at least not active.
    /// </summary>
    [Told]
    private async Task<ScimOutcome> CloseAsync(ScimLine line, JsonObject has, ScimAnswer answer, CancellationToken ct)
    {
        if (ScimText.Says(has["active"], otherwise: true))
        {
            has = await ChangeAsync(line, Inactive(), has, ct);
            if (!ScimText.Says(has["active"], otherwise: true) && await DeleteAsync(line, has, ct) is { IsLost: false } second && await IsGoneAsync(line, has, ct))
            {
                _wantsInactive |= second.IsGood;
                return ScimOutcome.Done;
            }
        }

        var empty = Inactive();
        empty["userName"] = line.Id;
        ScimWhole.Telling.ToList().ForEach(attribute => empty[attribute] = null);
        var neutral = empty.DeepClone().AsObject();
        (neutral["name"], neutral["displayName"]) =
            (new JsonObject { ["givenName"] = ScimWhole.Nobody, ["familyName"] = ScimWhole.Nobody, ["formatted"] = ScimWhole.Nobody }, ScimWhole.Nobody);
        has = await ChangeAsync(line, empty, has, ct);
        has = Kept(line, has).Count > 0 ? await ChangeAsync(line, neutral, has, ct) : has;
        return await IsGoneAsync(line, has, ct) ? ScimOutcome.Done
            : new ScimOutcome($"{answer} to a deletion, {State(line, has)}: have whoever keeps the server delete it, since it may be somebody protected");
    }

    private static JsonObject Inactive() => new() { ["active"] = false };

    [Told]
    private static string State(ScimLine line, JsonObject has)
    {
        var kept = Kept(line, has);
        return (ScimText.Says(has["active"], otherwise: true), kept.Count) switch
        {
            (false, 0) => "so the user is no longer active and has no name there, but is not gone",
            (false, _) => $"so the user is no longer active there, but keeps {string.Join(", ", kept)}",
            (true, 0) => "so the user has no name there, but cannot be made inactive",
            _ => $"and the user cannot be made inactive there either, and keeps {string.Join(", ", kept)}",
        };
    }

    /// <summary>What may still tell of somebody.</summary>
    private static List<string> Kept(ScimLine line, JsonObject has) =>
    [
        .. string.Equals(ScimText.Of(has["userName"]), line.Id, StringComparison.OrdinalIgnoreCase) ? Array.Empty<string>() : ["userName"],
        .. ScimWhole.Telling.Where(attribute => !IsNeutral(has[attribute])),
    ];

    private static bool IsNeutral(JsonNode? value) => value switch
    {
        null => true,
        JsonArray entries => entries.All(IsNeutral),
        JsonObject parts => parts.All(part => IsNeutral(part.Value)),
        _ => ScimText.Of(value)?.Trim() is "" or ScimWhole.Nobody or $"{ScimWhole.Nobody} {ScimWhole.Nobody}",
    };

    private Task<ScimAnswer> DeleteAsync(ScimLine line, JsonObject has, CancellationToken ct) =>
        server.AskAsync(HttpMethod.Delete, ScimDirectory.PathOf(line.Type, ScimText.IdOf(has)!), body: null, ScimText.VersionOf(has), ct);

    private async Task<bool> IsGoneAsync(ScimLine line, JsonObject has, CancellationToken ct) => (await directory.LookAsync(line.Type, ScimText.IdOf(has)!, ct)).IsGone;

    /// <summary>By what differs alone, and where that does nothing, by the whole resource.</summary>
    /// <returns>What is there then.</returns>
    private async Task<JsonObject> ChangeAsync(ScimLine line, JsonObject wanted, JsonObject has, CancellationToken ct)
    {
        foreach (var method in abilities.Patch ? (HttpMethod[])[HttpMethod.Patch, HttpMethod.Put] : [HttpMethod.Put])
        {
            var operations = ScimPatch.Between(wanted, has);
            if (operations.Count == 0)
            {
                break;
            }

            var body = method == HttpMethod.Patch ? ScimPatch.Message(operations) : whole.Of(line, wanted, has).ToJsonString();
            await server.AskAsync(method, ScimDirectory.PathOf(line.Type, ScimText.IdOf(has)!), body, ScimText.VersionOf(has), ct);
            has = await directory.ReadAsync(line.Type, ScimText.IdOf(has)!, ct) ?? has;
        }

        return has;
    }
}
