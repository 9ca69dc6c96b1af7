using System.Text.Json.Nodes;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>
/// Changes what a server has: by what differs alone where it takes that, else, and where it refuses that or does not do it, by the whole resource. Which of
/// both a server takes is learnt once.
/// </summary>
internal sealed class ScimChanging(
    ScimServer server, ScimDirectory directory, ScimAbilities abilities, ScimReferences references, ScimLists lists, ScimSight sight, ScimWhole whole, ScimOurs ours)
{
    /// <summary>So often the whole resource has not helped either that it is tried no more.</summary>
    private const int MostInVain = 3;

    private readonly HashSet<ScimType> _whole = [];
    private readonly Dictionary<ScimType, int> _inVain = [];
    private int _mostMembers = int.MaxValue;

    /// <summary>Of the line at work: who was in its list before it was changed, and is to stay.</summary>
    private (ScimLine Line, IReadOnlyList<string> Places)? _stood;

    /// <summary>As many as may be in a list that is sent; fewer once a server refuses so many.</summary>
    public int MostMembers => _mostMembers;

    /// <summary>So many were too many.</summary>
    public void Narrow(int members) => _mostMembers = Math.Max(1, members / 2);

    public async Task<ScimOutcome> ChangeAsync(ScimLine line, JsonObject wanted, JsonObject has, CancellationToken ct)
    {
        var change = await PlanAsync(line, wanted, has, ct);
        if (change.IsNothing)
        {
            return ScimOutcome.Taken(change.IsWhole);
        }

        directory.Touch(line.Type, line.Id);
        if (!abilities.Patch || _whole.Contains(line.Type))
        {
            return (await PutAsync(line, change, ct)).Outcome;
        }

        var (outcome, isWorthAnother) = await PatchAsync(line, change, ct);
        if (!isWorthAnother || _inVain.GetValueOrDefault(line.Type) >= MostInVain)
        {
            return outcome;
        }

        var now = await directory.ReadAsync(line.Type, change.Place, ct) ?? has;
        var next = await PlanAsync(line, wanted, now, ct);
        var (second, _) = await PutAsync(line, next with { Add = [.. next.Add.Union(await StayingAsync(line, change, ct))] }, ct);
        if (second == ScimOutcome.Done || second == ScimOutcome.LacksOthers)
        {
            // Of a list that is shown in part it was not seen that the whole helps.
            _ = sight.ShowsAll(line.Type) && _whole.Add(line.Type);
            return second;
        }

        _inVain[line.Type] = _inVain.GetValueOrDefault(line.Type) + 1;
        return second.IsTaken ? second : outcome;
    }

    /// <summary>Who was in the list before it was changed and is to stay there, since the change may have cost them their place.</summary>
    private async Task<IEnumerable<string>> StayingAsync(ScimLine line, ScimChange change, CancellationToken ct) =>
        change.There is { } there ? there.Except(change.Gone)
        : line.Type.Linked is { } linked ? await references.FindAllAsync(linked, line.Keep, ct)
        : [];

    private async Task<ScimChange> PlanAsync(ScimLine line, JsonObject wanted, JsonObject has, CancellationToken ct)
    {
        var (resource, isWhole) = await references.ResolveAsync(wanted, ct);
        var change = new ScimChange(line.Type, ScimText.IdOf(has)!, resource, has) { IsWhole = isWhole };
        if (line.Type is not { List: { } list, Linked: { } linked })
        {
            return change;
        }

        var (add, areAll) = await references.ResolveAsync(linked, line.Add, ct);

        // Who is not there any more is in no list either. Where we gave it nobody, a list that is not told counts as empty.
        var gone = await references.FindAllAsync(linked, line.Gone, ct);
        var there = has[list] as JsonArray ?? (abilities.Patch ? null : await lists.FindAsync(line.Type, change.Place, has, ct));
        there ??= line.IsAll ? await lists.FindAsync(line.Type, change.Place, has, ct) : null;
        there ??= abilities.Patch || MayHaveOthers(line) ? null : [];
        change = change with { There = ScimChange.Ids(there), Keep = line.Keep, IsGiven = line.IsGiven, Add = add, Gone = gone, IsWhole = isWhole && areAll };
        change = change with { Add = [.. add.Union(await DisplacedAsync(line, change, ct))] };
        return line.IsAll && change.There is not null ? change with { Gone = [.. gone.Union(await ours.AmongAsync(directory, linked, change.There.Except(add), ct))] } : change;
    }

    /// <summary>
    /// Who was in a list that shows none but who comes and goes: a change of which no answer came, tonight or before, may have put these in the place of all.
    /// </summary>
    private async Task<IEnumerable<string>> DisplacedAsync(ScimLine line, ScimChange change, CancellationToken ct)
    {
        if (change.There is not { Count: > 0 } there || there.Except(change.Add).Except(change.Gone).Any())
        {
            return [];
        }

        var keep = await references.FindAllAsync(change.Type.Linked!, line.Keep, ct);
        return keep.Union(_stood is { } stood && ReferenceEquals(stood.Line, line) ? stood.Places : []).Except(there).Except(change.Gone);
    }

    /// <summary>What is only called otherwise may have whom nobody has said.</summary>
    private static bool MayHaveOthers(ScimLine line) => line.Do == ScimLine.Rename || line.Keep.Count + line.Gone.Count > 0;

    private async Task<(ScimOutcome Outcome, bool IsWorthAnother)> PatchAsync(ScimLine line, ScimChange change, CancellationToken ct)
    {
        if (change is { HasList: true, There: { } there } && !ReferenceEquals(_stood?.Line, line))
        {
            _stood = (line, [.. there.Except(change.Gone)]);
        }

        var answer = await PatchAllAsync(change, ct);
        return await JudgeAsync(HttpMethod.Patch, line, change, answer, ct);
    }

    /// <summary>In as many calls as the server wants.</summary>
    /// <returns>The last answer.</returns>
    private async Task<ScimAnswer> PatchAllAsync(ScimChange change, CancellationToken ct)
    {
        var (operations, coming, gone) = (change.Operations, new Queue<string>(change.Coming), new Queue<string>(change.Gone));
        var version = ScimText.VersionOf(change.Has);
        while (true)
        {
            var add = coming.Take(_mostMembers).ToList();
            var leave = gone.Take(_mostMembers - add.Count).ToList();
            var body = ScimPatch.Message([.. operations.Select(operation => operation.DeepClone().AsObject()), .. ScimPatch.OfList(change.Type.List ?? "", add, leave)]);
            var answer = await server.AskAsync(HttpMethod.Patch, ScimDirectory.PathOf(change.Type, change.Place), body, version, ct);
            if (answer.IsTooMany && add.Count + leave.Count > 1)
            {
                Narrow(add.Count + leave.Count);
            }
            else if (answer.Keyword == "noTarget" && leave.RemoveAll(place => change.There?.Contains(place) == false) > 0)
            {
                // Some refuse to take out who is not in the list.
                gone = new Queue<string>(gone.Where(place => change.There!.Contains(place)));
                if (operations.Count + coming.Count + gone.Count == 0)
                {
                    return new ScimAnswer(ScimAnswer.NoContent);
                }
            }
            else if (!answer.IsGood || (add.Count == coming.Count && leave.Count == gone.Count))
            {
                return answer;
            }
            else
            {
                (operations, coming, gone) = ([], new Queue<string>(coming.Skip(add.Count)), new Queue<string>(gone.Skip(leave.Count)));
                version = version is null ? null : ScimText.VersionOf(answer.Body ?? await directory.ReadAsync(change.Type, change.Place, ct) ?? []);
            }
        }
    }

    /// <summary>
    /// A list that is put whole is made of what it shows and of whom we gave it: what a server shows need not be all. One that is never told is left as it is,
    /// or whoever stands in it unsaid would be lost.
    /// </summary>
    private async Task<(ScimOutcome Outcome, bool IsWorthAnother)> PutAsync(ScimLine line, ScimChange change, CancellationToken ct)
    {
        if (change.IsNothing)
        {
            return (ScimOutcome.Taken(change.IsWhole), false);
        }

        var put = whole.Of(line, change.Wanted, change.Has);
        if (change.Type is { List: { } list, Linked: { } linked })
        {
            var there = change.There ?? ScimChange.Ids(await lists.FindAsync(change.Type, change.Place, change.Has, ct));
            if (there is null && MayHaveOthers(line))
            {
                return (ScimOutcome.ListUntold, false);
            }

            var keep = await references.FindAllAsync(linked, line.Keep, ct);
            put[list] = ScimPatch.Listed((there ?? new HashSet<string>()).Union(keep).Union(change.Add).Except(change.Gone));
        }

        var answer = await server.AskAsync(HttpMethod.Put, ScimDirectory.PathOf(change.Type, change.Place), put.ToJsonString(), ScimText.VersionOf(change.Has), ct);
        return await JudgeAsync(HttpMethod.Put, line, change, answer, ct);
    }

    /// <summary>Only what is understood counts: what is good in another form, or somebody came between, is looked at again.</summary>
    private async Task<(ScimOutcome Outcome, bool IsWorthAnother)> JudgeAsync(HttpMethod method, ScimLine line, ScimChange change, ScimAnswer answer, CancellationToken ct)
    {
        if (answer.Status == ScimAnswer.NoContent || (answer.IsGood && abilities.PlaceOf(answer.Body, line.Id) == change.Place))
        {
            var undone = await sight.FindUndoneAsync(method, change, answer.Body, ct);
            return undone.Count == 0 ? (ScimOutcome.Taken(change.IsWhole), false) : (ScimOutcome.Undone(answer, undone), true);
        }

        if (answer.Status == ScimAnswer.NotFound)
        {
            directory.Doubt(line.Type, line.Id);
        }

        return answer.IsGood || answer.IsLost || answer.Status is ScimAnswer.NotFound or ScimAnswer.PreconditionFailed
            ? (ScimOutcome.Again(answer), false)
            : (ScimOutcome.Refused(answer), answer.MayBeTakenOtherwise);
    }
}
