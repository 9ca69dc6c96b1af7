using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Finds resources by our ids, since the server's own are nobody's to remember: it may be restored, or somebody may delete and create there. One by one, or
/// from a whole list where that is quicker.
/// </summary>
internal sealed class ScimDirectory(ScimServer server, ScimAbilities abilities, int pageSize)
{
    [Told]
    private const string Ambiguous = "two resources have the externalId";

    private readonly Dictionary<(ScimType Type, string Id), JsonObject> _resources = [];
    private readonly Dictionary<(ScimType Type, string Id), string> _ids = [];
    private readonly HashSet<(ScimType Type, string Id)> _doubles = [];
    private readonly HashSet<(ScimType Type, string Id)> _doubtful = [];
    private readonly HashSet<ScimType> _listed = [];
    private readonly HashSet<ScimType> _keeping = [];

    /// <summary>Reads the whole list of a kind, if that takes fewer calls than asking for each.</summary>
    /// <param name="wanted">Ids that will be asked for.</param>
    /// <param name="named">Ids that will only be referred to.</param>
    public async Task PrepareAsync(ScimType type, IReadOnlySet<string> wanted, IReadOnlySet<string> named, CancellationToken ct)
    {
        var calls = wanted.Union(named).Count();
        if (calls < 2)
        {
            return;
        }

        var (first, total) = await PageAsync(type, 1, ct);
        if (first.Count >= total || (first.Count > 0 && abilities.Filter && (total / first.Count) > calls))
        {
            Keep(type, first, total, wanted, named);
            return;
        }

        await ListAsync(type, wanted, named, ct);
    }

    /// <returns>Null for what the server does not have.</returns>
    /// <exception cref="ScimRowException">It has two.</exception>
    public async Task<JsonObject?> FindAsync(ScimType type, string id, CancellationToken ct)
    {
        if (_doubles.Contains((type, id)))
        {
            throw new ScimRowException(Ambiguous);
        }

        if (_resources.TryGetValue((type, id), out var known))
        {
            return known;
        }

        if (_ids.TryGetValue((type, id), out var place) && !abilities.OurIds && await ReadAsync(type, place, ct) is { } read && IsOf(read, id))
        {
            return read;
        }

        var found = IsAbsent(type, id) ? null : await LookUpAsync(type, id, ct);
        Note(type, id, found);
        return found;
    }

    /// <returns>The server's id; null for what it does not have.</returns>
    public async Task<string?> FindIdAsync(ScimType type, string id, CancellationToken ct) =>
        _ids.TryGetValue((type, id), out var known) ? known : ScimText.IdOf(await FindAsync(type, id, ct));

    /// <summary>Whether it is known, without asking, that the server does not have it.</summary>
    public bool IsAbsent(ScimType type, string id) => _listed.Contains(type) && !_doubtful.Contains((type, id)) && !_ids.ContainsKey((type, id)) && !_doubles.Contains((type, id));

    /// <summary>Whether something was seen of the kind that bears an id of ours.</summary>
    public bool KeepsIds(ScimType type) => abilities.OurIds || _keeping.Contains(type);

    /// <summary>Whether a resource bears the id; if so, the server keeps such ids.</summary>
    public bool SeesIdOf(ScimType type, string id, JsonObject? resource)
    {
        var isSeen = resource is not null && IsOf(resource, id);
        if (isSeen)
        {
            _keeping.Add(type);
        }

        return isSeen;
    }

    /// <summary>Something was done to it: what it is like has to be looked up again.</summary>
    public void Touch(ScimType type, string id) => _resources.Remove((type, id));

    /// <summary>Nobody knows whether the server has it.</summary>
    public void Doubt(ScimType type, string id)
    {
        Touch(type, id);
        _ids.Remove((type, id));
        _doubtful.Add((type, id));
    }

    /// <summary>It was created.</summary>
    public void Add(ScimType type, string id, string place) => _ids[(type, id)] = place;

    /// <summary>All of a kind.</summary>
    /// <exception cref="IOException">The list was another one at every look.</exception>
    [Told]
    public async IAsyncEnumerable<JsonObject> AllAsync(ScimType type, [EnumeratorCancellation] CancellationToken ct)
    {
        var (seen, at, total) = (new HashSet<string>(StringComparer.Ordinal), 1, 0);
        do
        {
            (var page, total) = await PageAsync(type, at, ct);
            foreach (var resource in page.Where(resource => seen.Add(ScimText.IdOf(resource)!)))
            {
                yield return resource;
            }

            if (page.Count == 0)
            {
                break;
            }

            at += page.Count;
        }
        while (at <= total);

        if (seen.Count != total)
        {
            throw new IOException($"{server.Authority} says that it has {total} {type}, but lists {seen.Count}. It is asked again.");
        }
    }

    private async Task ListAsync(ScimType type, IReadOnlySet<string> wanted, IReadOnlySet<string> named, CancellationToken ct)
    {
        var all = new List<JsonObject>();
        await foreach (var resource in AllAsync(type, ct))
        {
            if (ScimText.Of(resource["externalId"]) is { } id && (wanted.Contains(id) || named.Contains(id)))
            {
                all.Add(resource);
            }
        }

        Keep(type, all, all.Count, wanted, named);
    }

    /// <param name="total">How many there are; with all of them, whoever is not among them is not there.</param>
    private void Keep(ScimType type, List<JsonObject> resources, int total, IReadOnlySet<string> wanted, IReadOnlySet<string> named)
    {
        foreach (var resource in resources)
        {
            if (ScimText.Of(resource["externalId"]) is { } id && (wanted.Contains(id) || named.Contains(id)))
            {
                if (_ids.ContainsKey((type, id)))
                {
                    _doubles.Add((type, id));
                }

                _ids[(type, id)] = ScimText.IdOf(resource)!;
                _keeping.Add(type);
                if (wanted.Contains(id))
                {
                    _resources[(type, id)] = resource;
                }
            }
        }

        if (resources.Count >= total)
        {
            _listed.Add(type);
        }
    }

    private void Note(ScimType type, string id, JsonObject? found)
    {
        _doubtful.Remove((type, id));
        if (ScimText.IdOf(found) is not { } place)
        {
            _ids.Remove((type, id));
            return;
        }

        (_ids[(type, id)], _resources[(type, id)]) = (place, found!);
        _keeping.Add(type);
    }

    /// <summary>By the server's id; null for what it does not show.</summary>
    public async Task<JsonObject?> ReadAsync(ScimType type, string place, CancellationToken ct)
    {
        var answer = await server.AskAsync(HttpMethod.Get, PathOf(type, place), body: null, version: null, ct);
        return answer is { IsGood: true, Body: { } body } && ScimText.IdOf(body) == place ? body : null;
    }

    private async Task<JsonObject?> LookUpAsync(ScimType type, string id, CancellationToken ct)
    {
        if (abilities.Filter)
        {
            var filter = Uri.EscapeDataString($"externalId eq {ScimJson.Text(id)}");
            var answer = await server.AskAsync(HttpMethod.Get, $"{type.Endpoint}?filter={filter}", body: null, version: null, ct);
            if (answer.Status != 403 && answer.Status is not (400 or 501))
            {
                var (page, total) = Read(answer, type);
                var found = page.Where(resource => IsOf(resource, id)).ToList();
                if (found.Count > 0 || total == 0)
                {
                    return found.Count < 2 ? found.SingleOrDefault() : throw new ScimRowException(Ambiguous);
                }
            }
        }

        // A server that looks for nothing, or for something else.
        JsonObject? one = null;
        await foreach (var resource in AllAsync(type, ct))
        {
            one = !IsOf(resource, id) ? one : one is null ? resource : throw new ScimRowException(Ambiguous);
        }

        return one;
    }

    private async Task<(List<JsonObject> Resources, int Total)> PageAsync(ScimType type, int start, CancellationToken ct) =>
        Read(await server.AskAsync(HttpMethod.Get, $"{type.Endpoint}?startIndex={start}&count={pageSize}", body: null, version: null, ct), type);

    [Told]
    private (List<JsonObject> Resources, int Total) Read(ScimAnswer answer, ScimType type)
    {
        if (!answer.IsGood)
        {
            throw answer.IsLost
                ? new IOException($"{server.Authority} answered {answer.Status} to {type}, and is asked again.")
                : new DeliveryRefusedException($"{server.Authority} answered {answer.Status} to {type}. Check delivery.baseUrl, and whether the token may read there.");
        }

        var resources = answer.Body?["Resources"] as JsonArray ?? (answer.Body?["Resources"] is null ? [] : null);
        var all = resources?.OfType<JsonObject>().Where(resource => ScimText.IdOf(resource) is not null).ToList();
        return ScimText.NumberOf(answer.Body?["totalResults"]) is { } total && all is not null && all.Count == resources!.Count && total >= all.Count
            ? (all, total)
            : throw new IOException($"{server.Authority} answered {answer.Status} to {type}, but no list as SCIM has it. Check delivery.baseUrl.");
    }

    private static bool IsOf(JsonObject resource, string id) => ScimText.Of(resource["externalId"]) == id;

    public static string PathOf(ScimType type, string place) => $"{type.Endpoint}/{Uri.EscapeDataString(place)}";
}

/// <summary>One line cannot be carried out; the others can.</summary>
internal sealed class ScimRowException(string message) : Exception(message);
