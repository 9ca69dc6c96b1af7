using System.Text;
using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Creates many by one call where a server offers that (RFC 7644, 3.7). No more than a quick way: what is not plainly said to be created is carried out line
/// by line as ever, and what nobody knows of is looked up before.
/// </summary>
internal sealed class ScimBulk(ScimServer server, ScimDirectory directory, ScimAbilities abilities, ScimSight sight)
{
    private const string Schema = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";
    private const int Created = 201;
    private const int Envelope = 500;

    /// <summary>Of one operation around its resource.</summary>
    private const int Around = 100;

    private readonly HashSet<ScimLine> _created = new(ReferenceEqualityComparer.Instance);
    private bool _isRefused;

    /// <summary>Whether all of a call were seen that it only named.</summary>
    private bool _isProven;

    /// <summary>Lines that may go together, and all others one by one, in their order: so does the first, which shows whether the server keeps our ids.</summary>
    public IEnumerable<IReadOnlyList<ScimLine>> Batches(IEnumerable<ScimLine> lines)
    {
        var (batch, bytes) = (new List<ScimLine>(), Envelope);
        foreach (var line in lines)
        {
            var size = MayGoWithOthers(line) ? Encoding.UTF8.GetByteCount(line.Resource!.ToJsonString()) + Around : 0;
            if (batch.Count > 0 && (size == 0 || !directory.KeepsIds(line.Type) || batch.Count >= abilities.BulkOperations || bytes + size > abilities.BulkBytes))
            {
                yield return batch;
                (batch, bytes) = ([], Envelope);
            }

            batch.Add(line);
            bytes += size;
            if (size == 0)
            {
                yield return batch;
                (batch, bytes) = ([], Envelope);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    public async Task CreateAsync(IReadOnlyList<ScimLine> batch, CancellationToken ct)
    {
        List<ScimLine> absent = [.. batch.Where(line => MayGoWithOthers(line) && directory.IsAbsent(line.Type, line.Id))];
        if (absent.Count < 2 || _isRefused)
        {
            return;
        }

        var answer = await server.AskAsync(HttpMethod.Post, "Bulk", Message(absent), version: null, ct);
        if (!answer.IsGood && !answer.IsLost)
        {
            // Nothing of it was done, and the next one would fare the same.
            _isRefused = true;
            return;
        }

        var outcomes = (answer.Body?["Operations"] as JsonArray ?? []).OfType<JsonObject>().ToLookup(operation => ScimText.Of(operation["bulkId"]));
        foreach (var (number, line) in absent.Index())
        {
            var outcome = outcomes[$"{number}"].FirstOrDefault();
            if (StatusOf(outcome) == Created && PlaceOf(outcome!, line.Type) is { } place)
            {
                await NoteAsync(line, outcome!["response"] as JsonObject, place, ct);
            }
            else if (StatusOf(outcome) is not (>= 400 and < 500))
            {
                directory.Doubt(line.Type, line.Id);
            }
        }

        _isProven |= answer.IsGood && !_isRefused;
    }

    /// <summary>What is not as it was sent is mended alone; a server that names who is not there is asked so no more.</summary>
    private async Task NoteAsync(ScimLine line, JsonObject? shown, string place, CancellationToken ct)
    {
        directory.Add(line.Type, line.Id, place);
        shown = ScimText.IdOf(shown) == place ? shown : null;
        if (shown is null && !_isProven && await directory.LookAsync(line.Type, place, ct) is var look)
        {
            shown = look.Resource;
            if (look.IsGone)
            {
                directory.Doubt(line.Type, line.Id);
                _isRefused = true;
                return;
            }
        }

        if (shown is null || await sight.FindUndoneAsync(HttpMethod.Post, new ScimChange(line.Type, place, ScimPatch.Created(line.Resource!), []), shown, ct) is { Count: 0 })
        {
            _created.Add(line);
        }
    }

    /// <summary>Whether a line has been carried out already.</summary>
    public bool HasCreated(ScimLine line) => _created.Remove(line);

    private bool MayGoWithOthers(ScimLine line) =>
        abilities.BulkOperations > 1 && line is { Do: ScimLine.Bring, Type.List: null, Resource: { } resource } && !ScimReferences.In(resource).Any();

    private static string Message(IEnumerable<ScimLine> lines) => new JsonObject
    {
        ["schemas"] = new JsonArray(Schema),
        ["Operations"] = new JsonArray([.. lines.Select((line, number) => new JsonObject
        {
            ["method"] = "POST",
            ["path"] = $"/{line.Type.Endpoint}",
            ["bulkId"] = $"{number}",
            ["data"] = ScimPatch.Created(line.Resource!),
        })]),
    }.ToJsonString();

    /// <summary>A text by the standard; some write a number, or an object with a code.</summary>
    private static int? StatusOf(JsonObject? outcome)
    {
        var status = outcome?["status"] is JsonObject coded ? coded["code"] : outcome?["status"];
        return ScimText.NumberOf(status) ?? (int.TryParse(ScimText.Of(status), out var number) ? number : null);
    }

    private static string? PlaceOf(JsonObject outcome, ScimType type) =>
        ScimText.IdOf(outcome["response"] as JsonObject)
        ?? (ScimText.Of(outcome["location"])?.Split('/') is [.., var kind, { Length: > 0 } place] && kind == type.Endpoint ? Uri.UnescapeDataString(place) : null);
}
