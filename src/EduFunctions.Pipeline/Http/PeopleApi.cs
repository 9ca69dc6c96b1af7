using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Searching;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Http;

/// <summary>What is known of a person to whoever asks; in the body, since it must stand in no address and no log of addresses.</summary>
/// <param name="Find">A civic number, a login, an address of mail or a name.</param>
/// <param name="Reason">Why: it goes on record with the name.</param>
/// <param name="WithGone">Whether every night that is kept is looked through, for those who have left while namesakes are still there.</param>
public sealed record FindBody(string? Find = null, string? Reason = null, bool WithGone = false);

/// <summary>What is answered to whoever asks for one person: the decision, or several to choose from, or neither.</summary>
/// <param name="Explanation">By the latest run that decided on the person.</param>
/// <param name="Found">Null for who was asked for by id.</param>
/// <param name="LastSeen">The day of the run that had the person last; null for who is in the latest one.</param>
public sealed record PersonAnswer(Explanation? Explanation, FoundPeople? Found, DateOnly? LastSeen)
{
    /// <summary>Why nobody at all could be told of, whoever was asked for; null where the register's answers say it, or somebody is told of.</summary>
    internal NothingKnown? Silence { get; init; }

    /// <summary>Null for who was asked for by id, or where there are several.</summary>
    public FoundPerson? Who => Found is { People: [var only], HasMore: false } ? only : null;
}

/// <summary>Why nobody is told of: it is about the tenant, and says nothing of whoever was asked for.</summary>
internal enum NothingKnown
{
    /// <summary>No run has come to decisions yet.</summary>
    Undecided,

    /// <summary>Runs have, and nothing is kept that could be looked through.</summary>
    Unsearchable,
}

/// <summary>The operations of the HTTP API about who asks for whom.</summary>
public sealed class PeopleApi(SyncApi sync, People people, PersonSearch search, PersonHistories histories, ActLog acts)
{
    private const int ActsShown = 200;

    /// <summary><c>POST /api/tenants/{tenant}/people</c>: who is meant by what people know of each other.</summary>
    public async Task<ApiAnswer> FindAsync(ApiCall call, CancellationToken ct)
    {
        if (await sync.UnknownAsync(call["tenant"], ct) is { } unknown)
        {
            return unknown;
        }

        if (await RequestBody.ReadAsync<FindBody>(call.Body, ifEmpty: null, ct) is not { Find: { } find } body || !PersonSearch.IsQuestion(find))
        {
            return ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with a civic number, login, mail address or name as find, and at most a reason and withGone beside it.");
        }

        try
        {
            return await FindAsync(call, find, body.Reason, body.WithGone, ct) is { } found ? new ApiAnswer(200, found)
                : await SilenceAsync(call["tenant"], ct) is NothingKnown.Undecided ? SyncApi.Undecided
                : NothingKept;
        }
        catch (TenantRefusedException e)
        {
            return ApiAnswer.Problem(422, "Tenant refused", e.Message);
        }
    }

    /// <summary>The decision on whoever is asked for by whatever people know: by the latest run, and on who is gone by the latest one that had them.</summary>
    /// <param name="reason">Why, as the caller says.</param>
    /// <param name="withGone">Whether those are asked for as well who have left while namesakes are still there.</param>
    public async Task<PersonAnswer> AskAsync(ApiCall call, string person, string? reason, bool withGone, CancellationToken ct)
    {
        if (await sync.ExplainAsync(call["tenant"], person, run: null, call.Asker(reason), ct) is { } now)
        {
            return new PersonAnswer(now, Found: null, now.IsOfAbsent ? (await FindLastAsync(call["tenant"], person, ct))?.Date : null);
        }

        var found = PersonSearch.IsQuestion(person) ? await TryFindAsync(call, person, reason, withGone, ct) : null;
        var answer = found switch
        {
            { People: [var only], HasMore: false } => await ExplainAsync(call, only.Id, found, reason, ct),
            { People.Count: > 0 } => new PersonAnswer(Explanation: null, found, LastSeen: null),
            _ => await ExplainGoneAsync(call, person, found, reason, ct),
        };
        return answer is { Explanation: null, Found: null } && PersonSearch.IsQuestion(person) ? answer with { Silence = await SilenceAsync(call["tenant"], ct) } : answer;
    }

    /// <summary>The same whoever was asked for: it depends on the tenant alone.</summary>
    internal async Task<NothingKnown> SilenceAsync(string tenant, CancellationToken ct) =>
        await people.FindLatestAsync(tenant, before: null, ct) is null ? NothingKnown.Undecided : NothingKnown.Unsearchable;

    private async Task<PersonAnswer> ExplainAsync(ApiCall call, string id, FoundPeople found, string? reason, CancellationToken ct)
    {
        var explanation = await sync.ExplainAsync(call["tenant"], id, run: null, call.Asker(reason), ct);
        return explanation is { IsOfAbsent: false } || !found.IsPast
            ? new PersonAnswer(explanation, found, LastSeen: null)
            : new PersonAnswer(explanation ?? await sync.ExplainAsync(call["tenant"], id, found.Run, call.Asker(reason), ct), found, found.Date);
    }

    /// <summary>By an id that the register does not hand out any more.</summary>
    private async Task<PersonAnswer> ExplainGoneAsync(ApiCall call, string person, FoundPeople? found, string? reason, CancellationToken ct) =>
        await FindLastAsync(call["tenant"], person, ct) is { } last
            ? new PersonAnswer(await sync.ExplainAsync(call["tenant"], person, last.Run, call.Asker(reason), ct), Found: null, last.Date)
            : new PersonAnswer(Explanation: null, found, LastSeen: null);

    private async Task<RunRecord?> FindLastAsync(string tenant, string person, CancellationToken ct) =>
        EntityId.TryFind(person, out var id) ? await people.FindLastAsync(tenant, id, ct) : null;

    /// <summary>Of a refused tenant nobody is found but by id.</summary>
    private async Task<FoundPeople?> TryFindAsync(ApiCall call, string find, string? reason, bool withGone, CancellationToken ct)
    {
        try
        {
            return await FindAsync(call, find, reason, withGone, ct);
        }
        catch (TenantRefusedException)
        {
            return null;
        }
    }

    /// <param name="find">A question (<see cref="PersonSearch.IsQuestion"/>).</param>
    /// <param name="reason">Why, as the caller says.</param>
    private Task<FoundPeople?> FindAsync(ApiCall call, string find, string? reason, bool withGone, CancellationToken ct) =>
        search.FindAsync(call["tenant"], find, call.Asker(reason), call.MayFindProtected, withGone, ct);

    /// <summary><c>GET /api/tenants/{tenant}/people/{personId}/history</c>: every night on which something changed for a person.</summary>
    public async Task<ApiAnswer> HistoryAsync(ApiCall call, CancellationToken ct) =>
        await sync.UnknownAsync(call["tenant"], ct) is { } unknown ? unknown
        : await HistoryAsync(call, call["personId"], reason: null, ct) is { } history ? new ApiAnswer(200, history)
        : await people.FindLatestAsync(call["tenant"], before: null, ct) is null ? SyncApi.Undecided
        : ApiAnswer.Problem(404, "Unknown person", "No night that is kept has had a person with this id.");

    /// <param name="reason">Why, as the caller says.</param>
    public async Task<PersonHistory?> HistoryAsync(ApiCall call, string person, string? reason, CancellationToken ct)
    {
        if (!EntityId.TryFind(person, out var id) || await histories.FindAsync(call["tenant"], id, ct) is not { } history)
        {
            return null;
        }

        var by = call.Asker(reason);
        await acts.WriteAsync(new Act { Tenant = call["tenant"], Kind = ActKind.LookUp, By = by.Name, Reason = by.Reason, What = ["history"], People = [history.Person] }, ct);
        return history;
    }

    /// <summary><c>GET /api/tenants/{tenant}/acts</c>: who did what; whom somebody asked about only for those who may find everybody.</summary>
    public async Task<ApiAnswer> ActsAsync(ApiCall call, CancellationToken ct) =>
        call.Grants.At(call["tenant"]) < ApiRole.Operator && !call.MayFindProtected ? ApiAnswer.Problem(403, "Not allowed", "The call needs the role operator or protection.")
        : await sync.UnknownAsync(call["tenant"], ct) ?? new ApiAnswer(200, await acts.ListAsync(call["tenant"], withQuestions: call.MayFindProtected, ActsShown, ct));

    private static ApiAnswer NothingKept => ApiAnswer.Problem(
        404, "Nothing to search", "No answers of the register are kept of this tenant, or who is protected cannot be told. Sync, and ask again.");
}
