using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Finds resources by our ids, since the server's own may be others when it was restored, or somebody deletes and creates there. One by one, or from a whole
/// list where that is quicker. A list that lacks what the server was given is not the whole, and what was seen under an id of the server's is asked for by
/// that before it counts as gone: some servers list and find only who is active.
/// </summary>
internal sealed class ScimDirectory(ScimServer server, ScimAbilities abilities, int pageSize)
{
    [Told]
    private const string Ambiguous = "two resources have the externalId";

    private readonly ScimListing _listing = new(server, abilities, pageSize);
    private readonly Dictionary<(ScimType Type, string Id), IReadOnlyList<JsonObject>> _resources = [];
    private readonly Dictionary<(ScimType Type, string Id), IReadOnlyList<string>> _ids = [];
    private readonly Dictionary<(ScimType Type, string Id), HashSet<string>> _seen = [];
    private readonly Dictionary<(ScimType Type, string Place), string?> _owners = [];
    private readonly HashSet<(ScimType Type, string Id)> _doubtful = [];
    private readonly HashSet<ScimType> _listed = [];
    private readonly HashSet<ScimType> _keeping = [];

    public ScimListing Listing => _listing;

    /// <summary>Reads the whole list of a kind, if that takes fewer calls than asking for each.</summary>
    /// <param name="wanted">Ids that will be asked for.</param>
    /// <param name="named">Ids that will be referred to: what is only named has no line of its own, since the server was given it earlier.</param>
    /// <param name="given">Ids of what the server was given earlier, of those that will be asked for.</param>
    public async Task PrepareAsync(ScimType type, IReadOnlySet<string> wanted, IReadOnlySet<string> named, IReadOnlySet<string> given, CancellationToken ct)
    {
        var calls = wanted.Union(named).Count();
        if (calls < 2 || await _listing.TryFirstAsync(type, ct) is not { } first)
        {
            return;
        }

        var isWhole = first.Resources.Count >= first.Total;
        IEnumerable<JsonObject> resources = first.Resources;
        if (!isWhole && (first.Resources.Count == 0 || !abilities.Filter || (first.Total / first.Resources.Count) <= calls))
        {
            resources = await OursAsync(type, wanted, named, ct);
            isWhole = _listing.IsWhole(type) || !abilities.Filter;
        }

        Keep(type, resources, wanted, named);
        if (isWhole)
        {
            _listed.Add(type);
            Doubt(type, [.. given.Union(named.Except(wanted))], isEmpty: first.Total == 0);
        }
    }

    /// <returns>Null for what the server does not have.</returns>
    /// <exception cref="ScimRowException">It has two.</exception>
    public async Task<JsonObject?> FindAsync(ScimType type, string id, CancellationToken ct) =>
        await FindAllAsync(type, id, ct) is var all && all.Count > 1 ? throw new ScimRowException(Ambiguous) : all.SingleOrDefault();

    /// <summary>All that bear the id: of who has to go, none may stay.</summary>
    public async Task<IReadOnlyList<JsonObject>> FindAllAsync(ScimType type, string id, CancellationToken ct)
    {
        if (_resources.TryGetValue((type, id), out var known))
        {
            return known;
        }

        if (!abilities.OurIds && _ids.TryGetValue((type, id), out var places) && await ReadAsync(type, id, places, ct) is var read && read.Count == places.Count)
        {
            return read;
        }

        var found = IsAbsent(type, id) ? [] : await _listing.FindAsync(type, id, ct);
        if (found.Count == 0 && !abilities.OurIds && _seen.TryGetValue((type, id), out var seen))
        {
            found = await ReadAsync(type, id, [.. seen], ct);
        }

        Note(type, id, found);
        return found;
    }

    /// <returns>The server's id; null for what it does not have.</returns>
    public async Task<string?> FindIdAsync(ScimType type, string id, CancellationToken ct) =>
        _ids.TryGetValue((type, id), out var known) && known.Count == 1 ? known[0] : ScimText.IdOf(await FindAsync(type, id, ct));

    /// <inheritdoc cref="FindAllAsync"/>
    public async Task<IReadOnlyList<string>> FindIdsAsync(ScimType type, string id, CancellationToken ct) =>
        _ids.TryGetValue((type, id), out var known) ? known : [.. (await FindAllAsync(type, id, ct)).Select(found => ScimText.IdOf(found)!)];

    /// <summary>Whether it is known, without asking, that the server does not have it.</summary>
    public bool IsAbsent(ScimType type, string id) =>
        _listed.Contains(type) && !_doubtful.Contains((type, id)) && !_ids.ContainsKey((type, id)) && !_seen.ContainsKey((type, id));

    /// <summary>Whether something was seen of the kind that bears an id of ours.</summary>
    public bool KeepsIds(ScimType type) => abilities.OurIds || _keeping.Contains(type);

    /// <summary>Whether a resource bears the id; if so, the server keeps such ids.</summary>
    public bool SeesIdOf(ScimType type, string id, JsonObject? resource)
    {
        var isSeen = resource is not null && ScimListing.Bears(resource, id);
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
    public void Add(ScimType type, string id, string place)
    {
        _ids[(type, id)] = [place];
        Know(type, id, place);
    }

    /// <summary>It had this id of the server's earlier.</summary>
    public void Know(ScimType type, string id, string place)
    {
        if (!_seen.TryGetValue((type, id), out var places))
        {
            _seen[(type, id)] = places = new HashSet<string>(StringComparer.Ordinal);
        }

        places.Add(place);
        _owners[(type, place)] = id;
    }

    /// <summary>Our id of what lies there; null for what bears none, or is not shown.</summary>
    public async Task<string?> FindOwnerAsync(ScimType type, string place, CancellationToken ct)
    {
        if (!_owners.TryGetValue((type, place), out var owner))
        {
            _owners[(type, place)] = owner = abilities.OurIds ? place : ScimText.Of((await ReadAsync(type, place, ct))?["externalId"]);
        }

        return owner;
    }

    /// <summary>By the server's id; null for what it does not show.</summary>
    public async Task<JsonObject?> ReadAsync(ScimType type, string place, CancellationToken ct) => (await LookAsync(type, place, ct)).Resource;

    /// <summary>By the server's id: whether it is certainly gone, and what it is like.</summary>
    public async Task<(bool IsGone, JsonObject? Resource)> LookAsync(ScimType type, string place, CancellationToken ct)
    {
        var answer = await server.AskAsync(HttpMethod.Get, PathOf(type, place), body: null, version: null, ct);
        return (answer.Status is ScimAnswer.NotFound or ScimAnswer.Gone, answer is { IsGood: true, Body: { } body } && ScimText.IdOf(body) == place ? body : null);
    }

    public static string PathOf(ScimType type, string place) => $"{type.Endpoint}/{Uri.EscapeDataString(place)}";

    private async Task<List<JsonObject>> ReadAsync(ScimType type, string id, IEnumerable<string> places, CancellationToken ct)
    {
        var all = new List<JsonObject>();
        foreach (var place in places)
        {
            if (await ReadAsync(type, place, ct) is { } read && ScimListing.Bears(read, id))
            {
                all.Add(read);
            }
        }

        return all;
    }

    /// <summary>What of a whole list is of interest: the list may be long.</summary>
    private async Task<List<JsonObject>> OursAsync(ScimType type, IReadOnlySet<string> wanted, IReadOnlySet<string> named, CancellationToken ct)
    {
        var all = new List<JsonObject>();
        await foreach (var resource in _listing.AllAsync(type, ct))
        {
            if (ScimText.Of(resource["externalId"]) is { } id && (wanted.Contains(id) || named.Contains(id)))
            {
                all.Add(resource);
            }
        }

        return all;
    }

    private void Keep(ScimType type, IEnumerable<JsonObject> resources, IReadOnlySet<string> wanted, IReadOnlySet<string> named)
    {
        foreach (var ours in resources.ToLookup(resource => ScimText.Of(resource["externalId"])))
        {
            if (ours.Key is { } id && (wanted.Contains(id) || named.Contains(id)))
            {
                Note(type, id, [.. ours]);
                if (!wanted.Contains(id))
                {
                    Touch(type, id);
                }
            }
        }
    }

    /// <summary>What the server was given and does not list is asked for; where others that it was given are listed, the list is not the whole.</summary>
    private void Doubt(ScimType type, IReadOnlyCollection<string> given, bool isEmpty)
    {
        var missing = given.Where(id => !_ids.ContainsKey((type, id))).ToList();
        if (isEmpty || missing.Count == 0)
        {
            return;
        }

        missing.ForEach(id => _doubtful.Add((type, id)));
        if (missing.Count < given.Count)
        {
            _listed.Remove(type);
            _listing.Distrust(type);
        }
    }

    private void Note(ScimType type, string id, IReadOnlyList<JsonObject> found)
    {
        _doubtful.Remove((type, id));
        if (found.Count == 0)
        {
            _ids.Remove((type, id));
            return;
        }

        string[] places = [.. found.Select(resource => ScimText.IdOf(resource)!)];
        (_ids[(type, id)], _resources[(type, id)]) = (places, found);
        places.ToList().ForEach(place => Know(type, id, place));
        _keeping.Add(type);
    }
}

/// <summary>One line cannot be carried out; the others can.</summary>
internal sealed class ScimRowException(string message) : Exception(message);
