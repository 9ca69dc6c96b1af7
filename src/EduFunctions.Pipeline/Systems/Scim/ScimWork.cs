using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Carries out lines. Each may be carried out twice: what is there is looked at first, only what differs is changed, and what an answer was lost of is looked
/// up before anything is created again.
/// </summary>
internal sealed class ScimWork(ScimServer server, ScimDirectory directory, ScimAbilities abilities)
{
    private const int MostTries = 4;

    private readonly ScimReferences _references = new(directory);
    private readonly ScimBulk _bulk = new(server, directory, abilities);

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
            (_, null) => ScimOutcome.Done,
            (ScimLine.Delete, _) => await DeleteAsync(line, has, ct),
            (ScimLine.Rest, _) => await ChangeAsync(line, line.Type.IsPerson ? new JsonObject { ["active"] = false } : [], has, ct),
            _ => await ChangeAsync(line, [], has, ct),
        };
    }

    private async Task<ScimOutcome> CreateAsync(ScimLine line, CancellationToken ct)
    {
        var (resource, isWhole) = await _references.ResolveAsync(ScimPatch.Created(line.Resource!), ct);
        if (line.Type is { List: { } list, Linked: { } linked })
        {
            var (places, areAll) = await _references.ResolveAsync(linked, line.Keep.Concat(line.Add), ct);
            (resource[list], isWhole) = (ScimPatch.Listed(places), isWhole && areAll);
        }

        var answer = await server.AskAsync(HttpMethod.Post, line.Type.Endpoint, resource.ToJsonString(), version: null, ct);
        if (answer.IsGood && abilities.PlaceOf(answer.Body, line.Id) is { } place)
        {
            directory.Add(line.Type, line.Id, place);
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
        IReadOnlyList<string> add = [], gone = [];
        if (line.Type is { List: { } list, Linked: { } linked })
        {
            (add, var areAll) = await _references.ResolveAsync(linked, line.Add, ct);

            // Who is not there any more is in no list either.
            (gone, _) = await _references.ResolveAsync(linked, line.Gone, ct);
            operations.AddRange(ScimPatch.OfList(list, has, add, gone));
            isWhole &= areAll;
        }

        if (operations.Count == 0)
        {
            return Taken(isWhole);
        }

        var place = ScimText.IdOf(has)!;
        var (method, body) = abilities.Patch ? (HttpMethod.Patch, ScimPatch.Message(operations)) : (HttpMethod.Put, Whole(line, resource, has, add, gone));
        var answer = await server.AskAsync(method, ScimDirectory.PathOf(line.Type, place), body, ScimText.VersionOf(has), ct);
        directory.Touch(line.Type, line.Id);
        return answer.Status == ScimAnswer.NoContent || (answer.IsGood && abilities.PlaceOf(answer.Body, line.Id) == place) ? Taken(isWhole) : After(answer, line);
    }

    private static string Whole(ScimLine line, JsonObject resource, JsonObject has, IReadOnlyList<string> add, IReadOnlyList<string> gone)
    {
        var whole = ScimPatch.Whole(resource, has);
        if (line.Type.List is { } list)
        {
            var listed = (has[list] as JsonArray ?? []).Select(ScimPatch.ValueOf).OfType<string>();
            whole[list] = ScimPatch.Listed(listed.Union(add).Except(gone));
        }

        return whole.ToJsonString();
    }

    private async Task<ScimOutcome> DeleteAsync(ScimLine line, JsonObject has, CancellationToken ct)
    {
        var answer = await server.AskAsync(HttpMethod.Delete, ScimDirectory.PathOf(line.Type, ScimText.IdOf(has)!), body: null, ScimText.VersionOf(has), ct);

        // Whatever was answered, the next look tells whether it is gone.
        directory.Doubt(line.Type, line.Id);
        return answer.Status is ScimAnswer.NoContent ? ScimOutcome.Done : After(answer, line);
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

    private static ScimOutcome Taken(bool isWhole) => isWhole ? ScimOutcome.Done : new ScimOutcome("it refers to what the server does not have");
}

/// <summary>What became of a line: done, refused, or to be looked at again.</summary>
/// <param name="Refusal">In words of ours; of what is looked at again, for when it stays so.</param>
internal sealed record ScimOutcome(string? Refusal, bool IsAgain = false)
{
    public static readonly ScimOutcome Done = new(Refusal: null);

    public static ScimOutcome Again(ScimAnswer answer) => new($"{answer} again and again", IsAgain: true);

    public static ScimOutcome Refused(ScimAnswer answer) =>
        new(answer.Status is 403 ? "403, which may be a right of the token" : answer.ToString());
}
