using EduFunctions.Pipeline.Deliveries;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Http;

/// <param name="Until">The first day on which all goes on again, YYYY-MM-DD.</param>
/// <param name="What"><c>all</c>, <c>adds</c> or <c>removals</c>.</param>
/// <param name="Reason">Why: it goes on record with the name.</param>
public sealed record FreezeBody(string? Feed = null, string? Until = null, string What = "all", string? Reason = null);

/// <param name="Reason">Why: it goes on record with the name.</param>
public sealed record ThawBody(string? Feed = null, string? Reason = null);

/// <summary>What a run has planned for a feed, and what became of it.</summary>
internal sealed record SeenFeed(HashedPlan? Plan, Receipt? Receipt)
{
    /// <summary>Whether its target rests wholly by now, whatever it did in the run.</summary>
    public bool RestsNow { get; init; }

    /// <summary>Why nobody can let its plan through before the target goes on; null when somebody can.</summary>
    public string? Unreleasable { get; init; }

    /// <summary>The same of a refusal.</summary>
    public string? Unrefusable { get; init; }
}

/// <summary>The operations of the HTTP API about one feed: what changes, what the target answered, and letting it rest.</summary>
public sealed class FeedsApi(PlanStore plans, ReceiptStore receipts, PlanRests rests, Freezing freezing, TenantStore tenants)
{
    /// <summary><c>GET /api/tenants/{tenant}/runs/{run}/plans/{feed}</c>: what a delivery would change, and what of it is held.</summary>
    public async Task<ApiAnswer> PlanAsync(ApiCall call, CancellationToken ct) =>
        IsNamed(call) && await plans.FindAsync(call["tenant"], call["run"], call["feed"], ct) is { } plan
            ? new ApiAnswer(200, plan)
            : ApiAnswer.Problem(404, "Unknown plan", "The run has no plan of this feed.");

    /// <summary><c>GET /api/tenants/{tenant}/runs/{run}/receipts/{feed}</c>: what was sent, and what the target answered.</summary>
    public async Task<ApiAnswer> ReceiptAsync(ApiCall call, CancellationToken ct) =>
        IsNamed(call) && await receipts.FindAsync(call["tenant"], call["run"], call["feed"], ct) is { } receipt
            ? new ApiAnswer(200, receipt)
            : ApiAnswer.Problem(404, "Unknown receipt", "The run has sent nothing to this feed's target.");

    /// <summary>Both of all feeds of a run, by name.</summary>
    internal async Task<IReadOnlyDictionary<string, SeenFeed>> OfRunAsync(RunRecord run, CancellationToken ct)
    {
        var resting = run.Feeds.Any(feed => feed.Rest is not null) ? await RestingAsync(run.Tenant, ct) : [];
        var seen = await Task.WhenAll(run.Feeds.Select(async feed => (feed.Name, Seen: await OfFeedAsync(run, feed, resting, ct))));
        return seen.ToDictionary(feed => feed.Name, feed => feed.Seen);
    }

    private async Task<SeenFeed> OfFeedAsync(RunRecord run, FeedRun feed, IReadOnlyList<RestingFeed> resting, CancellationToken ct)
    {
        var mayWait = run.IsFinal && feed is { Holds.Count: > 0, Rest: null };
        return new SeenFeed(await plans.FindAsync(run.Tenant, run.Run, feed.Name, ct), await receipts.FindAsync(run.Tenant, run.Run, feed.Name, ct))
        {
            RestsNow = resting.Any(each => each.Feed == feed.Name && each.Freeze.What == feed.Rest?.What),
            Unreleasable = mayWait ? await rests.TryFindAsync(run, feed, isRefusal: false, ct) : null,
            Unrefusable = mayWait ? await rests.TryFindAsync(run, feed, isRefusal: true, ct) : null,
        };
    }

    /// <summary><c>GET /api/tenants/{tenant}/freezes</c>: what rests, until when, and who says so.</summary>
    public Task<ApiAnswer> FreezesAsync(ApiCall call, CancellationToken ct) => AnswerAsync(call, () => Task.FromResult<string?>(null), ct);

    /// <summary><c>POST /api/tenants/{tenant}/freeze</c>: lets a target rest.</summary>
    public async Task<ApiAnswer> FreezeAsync(ApiCall call, CancellationToken ct) =>
        await RequestBody.ReadAsync<FreezeBody>(call.Body, ifEmpty: null, ct) is { Feed: not null, Until: not null, What: not null } wanted
            ? await FreezeAsync(call, wanted, ct)
            : ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with feed and until, and at most what and reason.");

    public Task<ApiAnswer> FreezeAsync(ApiCall call, FreezeBody wanted, CancellationToken ct) =>
        AnswerAsync(call, () => freezing.FreezeAsync(call["tenant"], wanted.Feed!, wanted.Until!, wanted.What, call.Asker(wanted.Reason), ct), ct);

    /// <summary><c>POST /api/tenants/{tenant}/thaw</c>: lets a target go on that an operator has let rest.</summary>
    public async Task<ApiAnswer> ThawAsync(ApiCall call, CancellationToken ct) =>
        await RequestBody.ReadAsync<ThawBody>(call.Body, ifEmpty: null, ct) is { Feed: not null } wanted
            ? await ThawAsync(call, wanted, ct)
            : ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with feed, and at most a reason.");

    public Task<ApiAnswer> ThawAsync(ApiCall call, ThawBody wanted, CancellationToken ct) =>
        AnswerAsync(call, () => freezing.ThawAsync(call["tenant"], wanted.Feed!, call.Asker(wanted.Reason), ct), ct);

    /// <summary>What rests; nothing of a tenant whose file is refused.</summary>
    internal async Task<IReadOnlyList<RestingFeed>> RestingAsync(string tenant, CancellationToken ct)
    {
        try
        {
            return await freezing.ListAsync(await tenants.ReadSettingsAsync(tenant, ct), ct);
        }
        catch (TenantRefusedException)
        {
            return [];
        }
    }

    /// <param name="change">Why it is not done; null when it is.</param>
    [Told]
    private async Task<ApiAnswer> AnswerAsync(ApiCall call, Func<Task<string?>> change, CancellationToken ct)
    {
        var tenant = call["tenant"];
        if (!SyncApi.IsName(tenant) || !await tenants.ExistsAsync(tenant, ct))
        {
            return ApiAnswer.Problem(404, "Unknown tenant", "There is no tenant of this name.");
        }

        try
        {
            return await change() is { } refusal
                ? ApiAnswer.Problem(409, "Not done", refusal)
                : new ApiAnswer(200, await freezing.ListAsync(await tenants.ReadSettingsAsync(tenant, ct), ct));
        }
        catch (TenantRefusedException e)
        {
            return ApiAnswer.Problem(422, "Tenant refused", e.Message);
        }
    }

    private static bool IsNamed(ApiCall call) => SyncApi.IsName(call["tenant"]) && RunId.IsValid(call["run"]) && SyncApi.IsName(call["feed"]);
}
