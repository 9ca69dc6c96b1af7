using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Whether a server keeps our ids, by which everything is found again. That it finds nothing by one proves nothing until something was seen that bears one:
/// in what the server has, or in the first that is created, before more is.
/// </summary>
internal sealed class ScimProof(ScimServer server, ScimDirectory directory)
{
    /// <param name="answer">What the server showed when it was created.</param>
    /// <exception cref="DeliveryRefusedException">It bears no id of ours: nobody could be found again, to be changed or to be taken away.</exception>
    [Told]
    public async Task AskOfCreatedAsync(ScimLine line, string place, JsonObject? answer, CancellationToken ct)
    {
        if (directory.KeepsIds(line.Type) || directory.SeesIdOf(line.Type, line.Id, answer))
        {
            return;
        }

        var shown = await directory.ReadAsync(line.Type, place, ct);
        if (shown is null || directory.SeesIdOf(line.Type, line.Id, shown))
        {
            return;
        }

        var taken = await server.AskAsync(HttpMethod.Delete, ScimDirectory.PathOf(line.Type, place), body: null, ScimText.VersionOf(shown), ct);
        throw new DeliveryRefusedException(
            $"{server.Authority} does not keep externalId of {line.Type} as it is sent, so nothing there could be found again, to be changed or taken away. "
            + (taken.IsGood ? "The one that showed it was deleted again" : $"The one that showed it could not be deleted ({taken}) and has to be by hand")
            + "; no other was created. Ask the server's keeper to keep externalId, then run again.");
    }

    /// <summary>Whether somebody who is not found is certainly not there.</summary>
    public async Task<bool> IsGoneAsync(ScimType type, string id, CancellationToken ct)
    {
        if (directory.KeepsIds(type))
        {
            return true;
        }

        if (await directory.Listing.TryAllAsync(type, ct) is not { } all)
        {
            return false;
        }

        var (isEmpty, bearsIds) = (directory.Listing.IsWhole(type), false);
        foreach (var resource in all)
        {
            isEmpty = false;
            bearsIds |= ScimText.Of(resource["externalId"]) is { Length: > 0 };
            if (directory.SeesIdOf(type, id, resource))
            {
                directory.Doubt(type, id);
                return false;
            }
        }

        return isEmpty || bearsIds;
    }
}
