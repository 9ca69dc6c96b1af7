using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Carries out lines. Each may be carried out twice: what is there is looked at first, only what differs is changed, and what an answer was lost of is looked
/// up before anything is created again.
/// </summary>
internal sealed class ScimWork
{
    private const int MostTries = 4;

    private readonly ScimServer _server;
    private readonly ScimDirectory _directory;
    private readonly ScimAbilities _abilities;
    private readonly ScimReferences _references;
    private readonly ScimSight _sight;
    private readonly ScimChanging _changing;
    private readonly ScimBulk _bulk;
    private readonly ScimProof _proof;
    private readonly ScimFarewell _farewell;
    private readonly ScimNames _names;
    private readonly Dictionary<string, string> _places;

    /// <param name="places">The server's ids of users who rest or could not be deleted, by the hash of ours: a server may list and find only who is active.</param>
    public ScimWork(ScimServer server, ScimDirectory directory, ScimAbilities abilities, ScimWhole whole, ScimOurs ours, Dictionary<string, string> places)
    {
        (_server, _directory, _abilities, _places) = (server, directory, abilities, places);
        var lists = new ScimLists(server, directory.Listing);
        _references = new ScimReferences(directory);
        _sight = new ScimSight(directory, lists, abilities);
        _changing = new ScimChanging(server, directory, abilities, _references, lists, _sight, whole, ours);
        _names = new ScimNames(server, directory, abilities, _changing, ours);
        _bulk = new ScimBulk(server, directory, abilities, _sight);
        _proof = new ScimProof(server, directory);
        _farewell = new ScimFarewell(server, directory, abilities, whole);
    }

    /// <inheritdoc cref="ScimSight.Caveat"/>
    public string? Caveat => _sight.Caveat;

    /// <inheritdoc cref="ScimBulk.Batches"/>
    public IEnumerable<IReadOnlyList<ScimLine>> Batches(IEnumerable<ScimLine> lines) => _bulk.Batches(lines);

    /// <summary>Does at one go what can be done so of lines that come next.</summary>
    public Task PrepareAsync(IReadOnlyList<ScimLine> batch, CancellationToken ct) => _bulk.CreateAsync(batch, ct);

    /// <returns>Why the server has not taken it, in words of ours; null when it has.</returns>
    public async Task<string?> CarryOutAsync(ScimLine line, CancellationToken ct)
    {
        if (_bulk.HasCreated(line))
        {
            return null;
        }

        try
        {
            var outcome = await TryAsync(line, isLast: false, ct);
            for (var tries = 1; outcome.IsAgain && tries < MostTries; tries++)
            {
                await _server.PauseAsync(tries, ct);
                outcome = await TryAsync(line, tries == MostTries - 1, ct);
            }

            return outcome.Refusal;
        }
        catch (ScimRowException e)
        {
            return e.Message;
        }
    }

    private async Task<ScimOutcome> TryAsync(ScimLine line, bool isLast, CancellationToken ct)
    {
        if (line.Do == ScimLine.Bring)
        {
            var brought = await BringAsync(line, ct);
            var freed = brought.IsTaken ? await _names.FreeAsync(line, ct) : null;
            var last = freed is null ? brought : freed.Refusal is null ? await BringAsync(line, ct) : freed.IsAgain ? freed : brought;
            return last is { Refusal: not null, IsAgain: false } ? await BringOtherwiseAsync(line, last, ct) : last;
        }

        // Of who goes, or loses something, all go that bear the id.
        var outcomes = new List<ScimOutcome>();
        foreach (var has in await _directory.FindAllAsync(line.Type, line.Id, ct))
        {
            Remember(line, has);
            outcomes.Add(await TakeAsync(line, has, isLast, ct));
        }

        var isDelete = line.Do == ScimLine.Delete && line.Type.IsPerson;
        var outcome = outcomes.Count == 0 && isDelete && !await _proof.IsGoneAsync(line.Type, line.Id, ct) ? ScimOutcome.Unseen : ScimOutcome.Of(outcomes);
        _ = isDelete && outcome == ScimOutcome.Done && _places.Remove(ScimHeld.KeyOf(line.Id));
        return outcome;
    }

    private async Task<ScimOutcome> BringAsync(ScimLine line, CancellationToken ct) =>
        await _directory.FindAsync(line.Type, line.Id, ct) is { } has ? await _changing.ChangeAsync(line, line.Resource!, has, ct) : await CreateAsync(line, ct);

    /// <summary>A user name that a server does not take keeps nothing else from being brought; the line is refused all the same.</summary>
    private async Task<ScimOutcome> BringOtherwiseAsync(ScimLine line, ScimOutcome outcome, CancellationToken ct)
    {
        if (!line.Type.IsPerson || await _directory.FindAsync(line.Type, line.Id, ct) is not { } has
            || string.Equals(ScimText.Of(line.Resource!["userName"]), ScimText.Of(has["userName"]), StringComparison.OrdinalIgnoreCase))
        {
            return outcome;
        }

        var rest = line.Resource.DeepClone().AsObject();
        rest.Remove("userName");
        var brought = await _changing.ChangeAsync(line, rest, has, ct);
        return brought.IsAgain ? brought : brought.Refusal is null ? outcome.OfUserName() : outcome;
    }

    private Task<ScimOutcome> TakeAsync(ScimLine line, JsonObject has, bool isLast, CancellationToken ct) => line.Do switch
    {
        ScimLine.Delete => _farewell.TakeAsync(line, has, isLast, ct),
        ScimLine.Aside => _changing.ChangeAsync(line, new JsonObject { ["userName"] = line.Id }, has, ct),
        ScimLine.Rename => _changing.ChangeAsync(line, line.Resource!, has, ct),
        ScimLine.Rest => _changing.ChangeAsync(line, line.Type.IsPerson ? new JsonObject { ["active"] = false } : [], has, ct),
        _ => _changing.ChangeAsync(line, [], has, ct),
    };

    private void Remember(ScimLine line, JsonObject has)
    {
        // An id that is the user name tells of somebody.
        if (line.Type.IsPerson && !_abilities.OurIds && ScimText.IdOf(has) is { } place && !string.Equals(place, ScimText.Of(has["userName"]), StringComparison.OrdinalIgnoreCase))
        {
            _places[ScimHeld.KeyOf(line.Id)] = place;
        }
    }

    private async Task<ScimOutcome> CreateAsync(ScimLine line, CancellationToken ct)
    {
        var (resource, isWhole) = await _references.ResolveAsync(ScimPatch.Created(line.Resource!), ct);
        var (sent, places, comeLater) = (resource.DeepClone().AsObject(), (IReadOnlyList<string>)[], false);
        if (line.Type is { List: { } list, Linked: { } linked })
        {
            (places, var areAll) = await _references.ResolveAsync(linked, line.Keep.Union(line.Add), ct);
            (comeLater, isWhole) = (places.Count > _changing.MostMembers, isWhole && areAll);
            sent[list] = ScimPatch.Listed(comeLater ? [] : places);
        }

        var answer = await _server.AskAsync(HttpMethod.Post, line.Type.Endpoint, sent.ToJsonString(), version: null, ct);
        if (answer.IsTooMany && places.Count > 1 && !comeLater)
        {
            _changing.Narrow(places.Count);
            return await CreateAsync(line, ct);
        }

        if (answer.IsGood && _abilities.PlaceOf(answer.Body, line.Id) is { } place)
        {
            _directory.Add(line.Type, line.Id, place);
            await _proof.AskOfCreatedAsync(line, place, answer.Body, ct);
            var change = new ScimChange(line.Type, place, resource, []) { Add = places, IsWhole = isWhole };
            return comeLater || await _sight.FindUndoneAsync(HttpMethod.Post, change, answer.Body, ct) is { Count: > 0 }
                ? await _changing.ChangeAsync(line with { Keep = [], Add = [.. line.Keep.Union(line.Add)], Gone = [], IsGiven = false }, line.Resource!, answer.Body!, ct)
                : ScimOutcome.Taken(isWhole);
        }

        // Whether it is there now, by us or by somebody else, is looked up.
        _directory.Doubt(line.Type, line.Id);
        return answer.IsLost || answer.IsGood || (answer.Status == ScimAnswer.Conflict && (await _directory.FindAllAsync(line.Type, line.Id, ct)).Count > 0)
            ? ScimOutcome.Again(answer)
            : ScimOutcome.Refused(answer);
    }
}
