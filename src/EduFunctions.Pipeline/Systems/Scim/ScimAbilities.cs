using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What a server says that it can; one that says nothing is taken by its deeds.</summary>
/// <param name="OurIds">Whether its ids are ours, so that it need not tell them.</param>
internal sealed record ScimAbilities(bool Patch, bool Filter, bool OurIds = false)
{
    private const string Path = "ServiceProviderConfig";

    /// <summary>Beyond that a call gets long and saves little.</summary>
    private const int MostTogether = 100;

    /// <summary>What receivers of the school extension can: take whole resources, and list them.</summary>
    public static readonly ScimAbilities Egil = new(Patch: false, Filter: false, OurIds: true);

    /// <summary>How many may be created by one call; 0 where that is not offered.</summary>
    public int BulkOperations { get; init; }

    /// <summary>How large such a call may be.</summary>
    public int BulkBytes { get; init; }

    /// <exception cref="DeliveryRefusedException">The server may not be asked.</exception>
    /// <exception cref="IOException">What answers is no such server, or not now.</exception>
    [Told]
    public static async Task<ScimAbilities> AskAsync(ScimServer server, CancellationToken ct)
    {
        var answer = await server.AskAsync(HttpMethod.Get, Path, body: null, version: null, ct);
        return answer switch
        {
            { IsGood: true, Body: { } body } => new ScimAbilities(Says(body, "patch"), Says(body, "filter")).WithBulk(body["bulk"] as JsonObject),
            { IsGood: true } => throw new IOException($"{server.Authority} answered {answer.Status} to {Path}, but not as a SCIM server does. Check delivery.baseUrl."),
            _ => new ScimAbilities(Patch: true, Filter: true),
        };
    }

    /// <summary>The server's id of what it has just taken; null where it does not say that it has.</summary>
    public string? PlaceOf(JsonObject? taken, string id) => ScimText.IdOf(taken) ?? (OurIds && ScimText.Of(taken?["externalId"]) == id ? id : null);

    private ScimAbilities WithBulk(JsonObject? bulk) =>
        ScimText.Says(bulk?["supported"], otherwise: false) && ScimText.NumberOf(bulk!["maxOperations"]) is > 1 and var operations && ScimText.NumberOf(bulk["maxPayloadSize"]) is > 0 and var bytes
            ? this with { BulkOperations = Math.Min(operations, MostTogether), BulkBytes = bytes }
            : this;

    private static bool Says(JsonObject config, string ability) => ScimText.Says((config[ability] as JsonObject)?["supported"], otherwise: true);
}
