using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Carries out lines. Each may be carried out twice: what is there is looked at first, only what differs is changed, and what an answer was lost of is looked
/// up before anything is created again.
/// </summary>
internal sealed class ScimWork(ScimServer server, ScimDirectory directory, ScimAbilities abilities, ScimWhole whole)
{
    private const int MostTries = 4;

    private readonly ScimReferences _references = new(directory);
    private readonly ScimBulk _bulk = new(server, directory, abilities);
    private readonly ScimProof _proof = new(server, directory);
    private readonly ScimLists _lists = new(server, directory);
    private readonly ScimFarewell _farewell = new(server, directory, abilities, whole);

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
            var outcome = await TryAsync(line, ct);
            for (var tries = 1; outcome.IsAgain && tries < MostTries; tries++)
            {
                await server.PauseAsync(tries, ct);
                outcome = await TryAsync(line, ct);
            }

            return outcome.Refusal;
        }
        catch (ScimRowException e)
        {
            return e.Message;
        }
    }

    private async Task<ScimOutcome> TryAsync(ScimLine line, CancellationToken ct)
    {
        var has = await directory.FindAsync(line.Type, line.Id, ct);
        return (line.Do, has) switch
        {
            (ScimLine.Bring, null) => await CreateAsync(line, ct),
            (ScimLine.Bring, _) => await ChangeAsync(line, line.Resource!, has, ct),
            (ScimLine.Delete, null) when line.Type.IsPerson && !await _proof.IsGoneAsync(line.Type, line.Id, ct) => ScimOutcome.Unseen,
            (_, null) => ScimOutcome.Done,
            (ScimLine.Delete, _) => await DeleteAsync(line, has, ct),
            (ScimLine.Aside, _) => await ChangeAsync(line, new JsonObject { ["userName"] = line.Id }, has, ct),
            (ScimLine.Rename, _) => await ChangeAsync(line, line.Resource!, has, ct),
            (ScimLine.Rest, _) => await ChangeAsync(line, line.Type.IsPerson ? new JsonObject { ["active"] = false } : [], has, ct),
            _ => await ChangeAsync(line, [], has, ct),
        };
    }

    private async Task<ScimOutcome> CreateAsync(ScimLine line, CancellationToken ct)
    {
        var (resource, isWhole) = await _references.ResolveAsync(ScimPatch.Created(line.Resource!), ct);
        if (line.Type is { List: { } list, Linked: { } linked })
        {
            var (places, areAll) = await _references.ResolveAsync(linked, line.Keep.Union(line.Add), ct);
            (resource[list], isWhole) = (ScimPatch.Listed(places), isWhole && areAll);
        }

        var answer = await server.AskAsync(HttpMethod.Post, line.Type.Endpoint, resource.ToJsonString(), version: null, ct);
        if (answer.IsGood && abilities.PlaceOf(answer.Body, line.Id) is { } place)
        {
            directory.Add(line.Type, line.Id, place);
            await _proof.AskOfCreatedAsync(line, place, answer.Body, ct);
            return Taken(isWhole);
        }

        // Whether it is there now, by us or by somebody else, is looked up.
        directory.Doubt(line.Type, line.Id);
        return answer.IsLost || answer.IsGood || (answer.Status == ScimAnswer.Conflict && await directory.FindAsync(line.Type, line.Id, ct) is not null)
            ? ScimOutcome.Again(answer)
            : ScimOutcome.Refused(answer);
    }

    private async Task<ScimOutcome> ChangeAsync(ScimLine line, JsonObject wanted, JsonObject has, CancellationToken ct)
    {
        var (resource, isWhole) = await _references.ResolveAsync(wanted, ct);
        var operations = ScimPatch.Between(resource, has);
        var changes = line.Type is { List: not null, Linked: { } linked } ? await ListChangesAsync(line, linked, has, ct) : null;
        operations.AddRange(changes is null ? [] : ScimPatch.OfList(line.Type.List!, changes.There, changes.Add, changes.Gone));
        isWhole &= changes?.AreAll != false;
        if (operations.Count == 0)
        {
            return Taken(isWhole);
        }

        if (!abilities.Patch && changes is { There: null })
        {
            return ScimOutcome.ListUntold;
        }

        var place = ScimText.IdOf(has)!;
        var (method, body) = abilities.Patch ? (HttpMethod.Patch, ScimPatch.Message(operations)) : (HttpMethod.Put, Whole(line, resource, has, changes));
        var answer = await server.AskAsync(method, ScimDirectory.PathOf(line.Type, place), body, ScimText.VersionOf(has), ct);
        directory.Touch(line.Type, line.Id);
        return answer.Status == ScimAnswer.NoContent || (answer.IsGood && abilities.PlaceOf(answer.Body, line.Id) == place) ? Taken(isWhole) : After(answer, line);
    }

    private async Task<ListChanges> ListChangesAsync(ScimLine line, ScimType linked, JsonObject has, CancellationToken ct)
    {
        var (add, areAll) = await _references.ResolveAsync(linked, line.Add, ct);

        // Who is not there any more is in no list either.
        var (gone, _) = await _references.ResolveAsync(linked, line.Gone, ct);

        // A list that has to be put whole must be known, or whoever stands in it unsaid would be lost. Where we gave it nobody, it counts as empty.
        var there = has[line.Type.List!] as JsonArray ?? (abilities.Patch ? null : await _lists.FindAsync(line.Type, has, ct));
        var isUntold = abilities.Patch || line.Do == ScimLine.Rename || line.Keep.Count > 0 || line.Gone.Count > 0;
        return new ListChanges(there ?? (isUntold ? null : []), add, gone, areAll);
    }

    private string Whole(ScimLine line, JsonObject resource, JsonObject has, ListChanges? changes)
    {
        var put = whole.Of(line, resource, has);
        if (changes is not null)
        {
            put[line.Type.List!] = ScimPatch.Listed(changes.There!.Select(ScimPatch.ValueOf).OfType<string>().Union(changes.Add).Except(changes.Gone));
        }

        return put.ToJsonString();
    }

    private async Task<ScimOutcome> DeleteAsync(ScimLine line, JsonObject has, CancellationToken ct)
    {
        var (answer, instead) = await _farewell.TakeAsync(line, has, ct);
        return answer.Status is ScimAnswer.NoContent ? ScimOutcome.Done : instead is null ? After(answer, line) : new ScimOutcome(instead);
    }

    /// <summary>Only what is understood counts: what is good in another form, or somebody came between, is looked at again.</summary>
    private ScimOutcome After(ScimAnswer answer, ScimLine line)
    {
        if (answer.Status == ScimAnswer.NotFound)
        {
            directory.Doubt(line.Type, line.Id);
        }

        return answer.IsGood || answer.IsLost || answer.Status is ScimAnswer.NotFound or ScimAnswer.PreconditionFailed ? ScimOutcome.Again(answer) : ScimOutcome.Refused(answer);
    }

    /// <summary>What a list has, where that is told, and what is to become of it; the server's ids.</summary>
    /// <param name="AreAll">Whether the server has all who come.</param>
    private sealed record ListChanges(JsonArray? There, IReadOnlyList<string> Add, IReadOnlyList<string> Gone, bool AreAll);

    private static ScimOutcome Taken(bool isWhole) => isWhole ? ScimOutcome.Done : new ScimOutcome("it refers to what the server does not have");
}

/// <summary>What became of a line: done, refused, or to be looked at again.</summary>
/// <param name="Refusal">In words of ours; of what is looked at again, for when it stays so.</param>
internal sealed record ScimOutcome(string? Refusal, bool IsAgain = false)
{
    public static readonly ScimOutcome Done = new(Refusal: null);

    public static readonly ScimOutcome Unseen =
        new("nothing there bears an externalId, so that nobody knows whether the user is gone; have whoever keeps the server look, since it may be somebody protected");

    public static readonly ScimOutcome ListUntold =
        new("the server does not tell whom the group has and takes whole resources alone, so that others in it could be lost");

    public static ScimOutcome Again(ScimAnswer answer) => new($"{answer} again and again", IsAgain: true);

    public static ScimOutcome Refused(ScimAnswer answer) =>
        new(answer.Status is 403 ? "403, which may be a right of the token"
            : answer is { Status: ScimAnswer.Conflict, Keyword: "uniqueness" } ? $"{answer}, which may be a user name that somebody else has there"
            : answer.ToString());
}
