using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What a server lists: all of a kind, page by page, or those with an id of ours. A server may refuse whole lists (RFC 7644, 3.12) and still look for one.</summary>
internal sealed class ScimListing(ScimServer server, ScimAbilities abilities, int pageSize)
{
    private const int Unauthorised = 403;

    /// <summary>So often is a list read that is not as long as the server says: somebody may come or go meanwhile.</summary>
    private const int MostLooks = 5;

    /// <summary>Lists that are longer than the server says.</summary>
    private readonly HashSet<ScimType> _short = [];
    private readonly HashSet<ScimType> _refused = [];

    /// <summary>Lists that were another one at every look, with what was said and seen of them last.</summary>
    private readonly Dictionary<ScimType, (int Total, int Seen)> _unsteady = [];

    /// <summary>Something is missing in the list that the server was given: from now on it is read until nothing more comes.</summary>
    public void Distrust(ScimType type) => _short.Add(type);

    /// <summary>Whether all that the server has of a kind is in its list.</summary>
    public bool IsWhole(ScimType type) => !_short.Contains(type);

    /// <returns>Null where whole lists are refused.</returns>
    public async Task<ScimPage?> TryFirstAsync(ScimType type, CancellationToken ct)
    {
        if (_refused.Contains(type))
        {
            return null;
        }

        var (asked, answer) = await PageAsync(type, 1, ct);
        if (answer.IsGood || answer.IsLost || !abilities.Filter)
        {
            return Read(answer, asked);
        }

        _refused.Add(type);
        return null;
    }

    /// <summary>
    /// All of a kind that is listed. Where fewer, or others, are listed than the server says that it has, it is read once more; then it is not believed to be the
    /// whole, and who is missing in it is looked for by the id. Where nothing can be looked for, a list that stays the same is all that there is to go by.
    /// </summary>
    /// <exception cref="DeliveryRefusedException">The server lists nothing.</exception>
    /// <exception cref="IOException">The list was another one at every look, and nothing can be looked for.</exception>
    public async IAsyncEnumerable<JsonObject> AllAsync(ScimType type, [EnumeratorCancellation] CancellationToken ct)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var look = 1; ; look++)
        {
            var (walked, before, at, total) = (new HashSet<string>(StringComparer.Ordinal), seen.Count, 1, 0);
            while (at == 1 || at <= total || !IsWhole(type))
            {
                var (asked, answer) = await PageAsync(type, at, ct);
                if (at > 1 && at > total && !answer.IsGood && !answer.IsLost)
                {
                    break;
                }

                var page = Read(answer, asked);
                var until = walked.Count;
                walked.UnionWith(page.Resources.Select(resource => ScimText.IdOf(resource)!));
                foreach (var resource in page.Resources.Where(resource => seen.Add(ScimText.IdOf(resource)!)))
                {
                    yield return resource;
                }

                (at, total) = (at + page.Resources.Count, page.Total);
                if (page.Resources.Count == 0 || (walked.Count == until && at > total))
                {
                    break;
                }
            }

            if (!IsWhole(type) || walked.Count == total || seen.Count == total || IsKnown(type, look, walked.Count == before && seen.Count == before, total, seen.Count))
            {
                yield break;
            }
        }
    }

    /// <summary>Whether nothing more is learnt of a list whose length is not what the server says.</summary>
    private bool IsKnown(ScimType type, int look, bool isSteady, int total, int seen)
    {
        if (look == 1 || (!isSteady && !abilities.Filter && look < MostLooks))
        {
            return false;
        }

        if (!isSteady)
        {
            _unsteady[type] = abilities.Filter ? (total, seen) : throw Other(type, total, seen);
        }

        Distrust(type);
        return true;
    }

    [Told]
    private IOException Other(ScimType type, int total, int seen) => new($"{server.Authority} says that it has {total} {type}, but lists {seen}. It is asked again.");

    /// <returns>All of a kind; null where whole lists are refused.</returns>
    public async Task<IReadOnlyList<JsonObject>?> TryAllAsync(ScimType type, CancellationToken ct)
    {
        if (await TryFirstAsync(type, ct) is null)
        {
            return null;
        }

        var all = new List<JsonObject>();
        await foreach (var resource in AllAsync(type, ct))
        {
            all.Add(resource);
        }

        return all;
    }

    /// <summary>Those that bear an id of ours: looked for, and where the server looks for nothing, or for something else, out of all.</summary>
    /// <exception cref="DeliveryRefusedException">The server does neither.</exception>
    public async Task<IReadOnlyList<JsonObject>> FindAsync(ScimType type, string id, CancellationToken ct)
    {
        if (abilities.Filter)
        {
            var asked = $"{type.Endpoint}?filter={Uri.EscapeDataString($"externalId eq {ScimJson.Text(id)}")}";
            var answer = await server.AskAsync(HttpMethod.Get, asked, body: null, version: null, ct);
            if (answer.Status is not (400 or Unauthorised or ScimAnswer.NotFound or 501))
            {
                var page = Read(answer, $"{type} by externalId");
                var found = page.Resources.Where(resource => Bears(resource, id)).ToList();
                if (found.Count > 0 || page.Total == 0)
                {
                    return found;
                }
            }
            else if (_refused.Contains(type))
            {
                return answer.Status == ScimAnswer.NotFound ? [] : throw Refusal(answer, asked);
            }
        }

        var all = new List<JsonObject>();
        await foreach (var resource in AllAsync(type, ct))
        {
            if (Bears(resource, id))
            {
                all.Add(resource);
            }
        }

        return all.Count == 0 && _unsteady.TryGetValue(type, out var last) ? throw Other(type, last.Total, last.Seen) : all;
    }

    public static bool Bears(JsonObject resource, string id) => ScimText.Of(resource["externalId"]) == id;

    private async Task<(string Asked, ScimAnswer Answer)> PageAsync(ScimType type, int start, CancellationToken ct)
    {
        var asked = $"{type.Endpoint}?startIndex={start}&count={pageSize}";
        return (asked, await server.AskAsync(HttpMethod.Get, asked, body: null, version: null, ct));
    }

    [Told]
    private ScimPage Read(ScimAnswer answer, string asked)
    {
        if (!answer.IsGood)
        {
            throw answer.IsLost ? new IOException($"{server.Authority} answered {answer} to {asked}, and is asked again.") : Refusal(answer, asked);
        }

        var resources = answer.Body?["Resources"] as JsonArray ?? (answer.Body?["Resources"] is null ? [] : null);
        var all = resources?.OfType<JsonObject>().Where(resource => ScimText.IdOf(resource) is not null).ToList();
        return ScimText.NumberOf(answer.Body?["totalResults"]) is { } total && all is not null && all.Count == resources!.Count && total >= all.Count
            ? new ScimPage(all, total)
            : throw new IOException($"{server.Authority} answered {answer.Status} to {asked}, but no list as SCIM has it. Check delivery.baseUrl.");
    }

    [Told]
    private DeliveryRefusedException Refusal(ScimAnswer answer, string asked) => new(answer.Status switch
    {
        Unauthorised => $"{server.Authority} answered {answer} to {asked}. Check delivery.baseUrl, and whether the token may read there.",
        ScimAnswer.NotFound => $"{server.Authority} answered {answer} to {asked}. Check delivery.baseUrl.",
        _ => $"{server.Authority} answered {answer} to {asked}. Ask the server's keeper to let it be listed, or looked for by externalId.",
    });
}

/// <param name="Total">How many there are, as the server says.</param>
internal sealed record ScimPage(List<JsonObject> Resources, int Total);
