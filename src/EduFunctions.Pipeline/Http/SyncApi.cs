using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Http;

/// <summary>The operations of the HTTP API, the same for every host.</summary>
public sealed class SyncApi(
    RosterPipeline pipeline, Approvals approvals, Requeueing requeueing, TenantStore tenants, RunStore runs, PoisonStore poison, People people, TenantStatuses statuses,
    ActLog acts)
{
    internal const string UnknownTenant = "Unknown tenant";
    internal const string UnknownRun = "Unknown run";

    private const int RunsShown = 50;

    /// <summary>Of a tenant of which nobody knows yet who passes: that somebody is not found says nothing of the register.</summary>
    internal static readonly ApiAnswer Undecided = ApiAnswer.Problem(
        404, "Nothing decided yet", "No run of the tenant has come to decisions yet, so nobody can be found. Begin a run, or wait for the night, and ask again.");

    private static readonly ApiAnswer OnlyReason = ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with at most a reason.");

    /// <summary><c>POST /api/tenants/{tenant}/sync</c>: begins a run.</summary>
    public async Task<ApiAnswer> SyncAsync(ApiCall call, CancellationToken ct)
    {
        if (await RequestBody.ReadAsync(call.Body, new SyncBody(), ct) is not { } wanted)
        {
            return ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with at most reason, dryRun, acceptShrink, total, changed, acceptMisses and feeds.");
        }

        return await SyncAsync(call, wanted, ct);
    }

    /// <summary>The same, as it is wanted.</summary>
    public async Task<ApiAnswer> SyncAsync(ApiCall call, SyncBody wanted, CancellationToken ct)
    {
        var tenant = call["tenant"];
        if (await UnknownAsync(tenant, ct) is { } unknown)
        {
            return unknown;
        }

        try
        {
            return await BeginAsync(tenant, wanted, call.Asker(wanted.Reason), ct);
        }
        catch (TenantRefusedException e)
        {
            return ApiAnswer.Problem(422, "Tenant refused", e.Sentence);
        }
    }

    /// <summary><c>GET /api/tenants</c>: all tenants with their latest run.</summary>
    public async Task<ApiAnswer> TenantsAsync(ApiCall call, CancellationToken ct)
    {
        IReadOnlyList<TenantStatus> all = await Task.WhenAll((await tenants.ListAsync(ct)).Where(call.MaySee).Select(tenant => statuses.OfAsync(tenant, ct)));
        return new ApiAnswer(200, all);
    }

    /// <summary><c>GET /api/tenants/{tenant}/runs</c>: the latest runs, newest first.</summary>
    public async Task<ApiAnswer> RunsAsync(string tenant, CancellationToken ct)
    {
        if (await UnknownAsync(tenant, ct) is { } unknown)
        {
            return unknown;
        }

        return new ApiAnswer(200, await LatestAsync(tenant, RunsShown, ct));
    }

    /// <summary>The latest runs, newest first.</summary>
    public async Task<IReadOnlyList<RunRecord>> LatestAsync(string tenant, int most, CancellationToken ct)
    {
        var latest = (await runs.ListAsync(tenant, ct)).Take(most).Select(run => runs.ShowAsync(tenant, run, ct));
        return [.. (await Task.WhenAll(latest)).OfType<RunRecord>()];
    }

    /// <summary><c>GET /api/tenants/{tenant}/runs/{run}</c>.</summary>
    public async Task<ApiAnswer> RunAsync(string tenant, string run, CancellationToken ct) =>
        IsName(tenant) && RunId.IsValid(run) && await runs.ShowAsync(tenant, run, ct) is { } record
            ? new ApiAnswer(200, record)
            : ApiAnswer.Problem(404, "Unknown run", "The tenant has no run of this name.");

    /// <summary><c>POST /api/tenants/{tenant}/runs/{run}/approve</c>: lets through what a run holds.</summary>
    public async Task<ApiAnswer> ApproveAsync(ApiCall call, CancellationToken ct) =>
        await RequestBody.ReadAsync<ApproveBody>(call.Body, ifEmpty: null, ct) is not { IsOne: true } body
            ? ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with the hash of the plan as plan, or with allFeeds true, and at most a reason beside it.")
        : body.Plan is { } plan ? await ApproveAsync(call, plan, body.Reason, ct)
        : await ApproveAllAsync(call, body.Reason, ct);

    /// <summary>Lets through every plan that the run holds, as one decision.</summary>
    /// <param name="reason">Why, as the caller says.</param>
    public Task<ApiAnswer> ApproveAllAsync(ApiCall call, string? reason, CancellationToken ct) => AnswerAsync(call, reason, approvals.ApproveAllAsync, ct);

    /// <summary><c>POST /api/tenants/{tenant}/runs/{run}/refuse</c>: takes back what came beside what a run holds.</summary>
    public async Task<ApiAnswer> RefuseAsync(ApiCall call, CancellationToken ct) =>
        await RequestBody.ReadAsync<RefuseBody>(call.Body, ifEmpty: null, ct) is { Plan: { Length: > 0 } plan } body
            ? await RefuseAsync(call, plan, body.Reason, ct)
            : ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with the hash of the plan as plan, and at most a reason beside it.");

    /// <param name="plan">Hash of the plan as the run showed it.</param>
    /// <param name="reason">Why, as the caller says.</param>
    public Task<ApiAnswer> ApproveAsync(ApiCall call, string plan, string? reason, CancellationToken ct) =>
        AnswerAsync(call, reason, (tenant, run, by, stop) => approvals.ApproveAsync(tenant, run, plan, by, stop), ct);

    /// <inheritdoc cref="ApproveAsync(ApiCall, string, string, CancellationToken)"/>
    public Task<ApiAnswer> RefuseAsync(ApiCall call, string plan, string? reason, CancellationToken ct) =>
        AnswerAsync(call, reason, (tenant, run, by, stop) => approvals.RefuseAsync(tenant, run, plan, by, stop), ct);

    /// <summary><c>POST /api/tenants/{tenant}/runs/{run}/resend</c>: sends a run's roster again, also when it equals what was delivered last.</summary>
    public async Task<ApiAnswer> ResendAsync(ApiCall call, CancellationToken ct) =>
        await RequestBody.ReadAsync(call.Body, new ReasonBody(), ct) is { } body ? await ResendAsync(call, body.Reason, ct) : OnlyReason;

    /// <param name="reason">Why, as the caller says.</param>
    [Told]
    public async Task<ApiAnswer> ResendAsync(ApiCall call, string? reason, CancellationToken ct)
    {
        var (tenant, run, by) = (call["tenant"], call["run"], call.Asker(reason));
        if (!IsName(tenant) || !RunId.IsValid(run) || await runs.FindAsync(tenant, run, ct) is not { } earlier)
        {
            return ApiAnswer.Problem(404, "Unknown run", "The tenant has no run of this name.");
        }

        try
        {
            return Answer(tenant, await pipeline.StartAsync(
                tenant,
                new RunRequest { Trigger = RunTrigger.OnDemand, Date = earlier.Date, Resends = run, Force = true, Reason = by.Reason ?? $"run {run} again", By = by.Name }, ct));
        }
        catch (TenantRefusedException e)
        {
            return ApiAnswer.Problem(422, "Tenant refused", e.Sentence);
        }
    }

    /// <summary><c>POST /api/tenants/{tenant}/runs/{run}/requeue</c>: goes on with a run whose message failed for good.</summary>
    public async Task<ApiAnswer> RequeueAsync(ApiCall call, CancellationToken ct) =>
        await RequestBody.ReadAsync(call.Body, new ReasonBody(), ct) is { } body ? await RequeueAsync(call, body.Reason, ct) : OnlyReason;

    /// <param name="reason">Why, as the caller says.</param>
    [Told]
    public async Task<ApiAnswer> RequeueAsync(ApiCall call, string? reason, CancellationToken ct)
    {
        var (tenant, run) = (call["tenant"], call["run"]);
        var answer = IsName(tenant) && RunId.IsValid(run) ? await requeueing.RequeueAsync(tenant, run, call.Asker(reason), ct) : null;
        return answer is not { IsKnown: true } ? ApiAnswer.Problem(404, "Unknown run", "The tenant has no run of this name.")
            : answer.Refusal is { } refusal ? ApiAnswer.Problem(409, "Not put back", refusal, run)
            : Begun(tenant, run, answer.Next);
    }

    /// <summary><c>GET /api/tenants/{tenant}/poison</c>: the tenant's messages that failed for good.</summary>
    public async Task<ApiAnswer> PoisonAsync(string tenant, CancellationToken ct) =>
        await UnknownAsync(tenant, ct) ?? new ApiAnswer(200, await poison.ListAsync(tenant, ct));

    /// <summary><c>GET /api/poison</c>: those of all tenants, and those that nobody can read.</summary>
    public async Task<ApiAnswer> AllPoisonAsync(ApiCall call, CancellationToken ct)
    {
        var all = new List<PoisonMessage>(call.MaySeeAll ? await poison.ListUnreadableAsync(ct) : []);
        foreach (var tenant in (await tenants.ListAsync(ct)).Where(call.MaySee))
        {
            all.AddRange(await statuses.PoisonOfAsync(tenant, ct));
        }

        return new ApiAnswer(200, all);
    }

    /// <summary><c>GET /api/tenants/{tenant}/people/{personId}</c>: the decision on a person in the latest run, or in the one that the address names.</summary>
    public async Task<ApiAnswer> PersonAsync(ApiCall call, CancellationToken ct)
    {
        if (await UnknownAsync(call["tenant"], ct) is { } unknown)
        {
            return unknown;
        }

        var run = call.Query("run") is { Length: > 0 } named ? named : null;
        return run is not null && !RunId.IsValid(run) ? ApiAnswer.Problem(404, "Unknown run", "The tenant has no run of this name.")
            : await ExplainAsync(call["tenant"], call["personId"], run, call.Asker(reason: null), ct) is { } explanation ? new ApiAnswer(200, explanation)
            : run is null && await people.FindLatestAsync(call["tenant"], before: null, ct) is null ? Undecided
            : ApiAnswer.Problem(404, "Unknown person", run is null ? "The latest run of the tenant has no person with this id." : "This run of the tenant has no person with this id.");
    }

    /// <summary>Null for somebody the run does not have, and when its decisions are no longer kept.</summary>
    /// <param name="run">Null for the latest one.</param>
    /// <param name="by">Who asks: it goes on record before the answer is given. What is nobody's id is not kept, since it may be a name or a number.</param>
    public async Task<Explanation?> ExplainAsync(string tenant, string person, string? run, Asker by, CancellationToken ct)
    {
        if (!EntityId.TryFind(person, out var id))
        {
            return null;
        }

        var explanation = await ExplainAsync(tenant, id, run, ct);
        if (explanation is not null || !id.IsText)
        {
            await acts.WriteAsync(new Act { Tenant = tenant, Kind = ActKind.LookUp, By = by.Name, Reason = by.Reason, People = [id.ToString()] }, ct);
        }

        return explanation;
    }

    private async Task<Explanation?> ExplainAsync(string tenant, EntityId id, string? run, CancellationToken ct)
    {
        try
        {
            return await people.ExplainAsync(tenant, id, run, ct);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private async Task<ApiAnswer> BeginAsync(string tenant, SyncBody wanted, Asker by, CancellationToken ct)
    {
        var settings = (await tenants.ReadAsync(tenant, ct)).Tenant;
        if (Refusal(wanted, by, settings) is { } refusal)
        {
            return refusal;
        }

        return Answer(tenant, await pipeline.StartAsync(tenant, wanted.ToRequest(by), ct));
    }

    /// <returns>Null for what the tenant can have.</returns>
    private static ApiAnswer? Refusal(SyncBody wanted, Asker by, Tenant tenant)
    {
        var feeds = tenant.Feeds.Where(feed => feed.Enabled).Select(feed => feed.Name).ToList();
        return wanted switch
        {
            { AcceptShrink: true } when by.Reason is null && tenant.RequiresReasons() => ApiAnswer.Problem(400, "Bad request", Asker.Lack),
            { AcceptMisses: true, Changed: false } => ApiAnswer.Problem(400, "Bad request", "acceptMisses goes with changed alone."),
            { Changed: true } when !tenant.Source.Changes => ApiAnswer.Problem(400, "No changes", ChangedPulls.Unable(tenant)),
            { Feeds: { } names } when names.Count == 0 || names.Distinct().Count() != names.Count =>
                ApiAnswer.Problem(400, "Bad request", "feeds must name at least one feed, and none twice; leave it out for all."),
            { Feeds: { } names } when names.Select(name => name ?? "").Except(feeds).FirstOrDefault() is { } stranger =>
                ApiAnswer.Problem(400, "Unknown feed", $"The tenant has no feed \"{stranger}\"; it has {string.Join(", ", feeds)}."),
            _ => null,
        };
    }

    private delegate Task<ApprovalAnswer> Answering(string tenant, string run, Asker by, CancellationToken ct);

    [Told]
    private static async Task<ApiAnswer> AnswerAsync(ApiCall call, string? reason, Answering answering, CancellationToken ct)
    {
        var (tenant, run) = (call["tenant"], call["run"]);
        if (!IsName(tenant) || !RunId.IsValid(run))
        {
            return ApiAnswer.Problem(404, "Unknown run", "The tenant has no run of this name.");
        }

        var answer = await answering(tenant, run, call.Asker(reason), ct);
        return answer.Refusal is not { } refusal ? Begun(tenant, run, answer.Next, answer.Note)
            : answer.IsKnown ? ApiAnswer.Problem(409, "Not answered", refusal, run)
            : ApiAnswer.Problem(404, "Unknown run", refusal);
    }

    [Told]
    private static ApiAnswer Answer(string tenant, StartedRun started) => started.IsNew
        ? Begun(tenant, started.Run.Run, started.Next)
        : ApiAnswer.Problem(409, "Already running", $"Run {started.Run.Run} of the tenant is under way.", started.Run.Run) with { Next = started.Next };

    private static ApiAnswer Begun(string tenant, string run, NextMessages next, string? note = null) =>
        new(202, new BegunRun(run) { Note = note }, $"/api/tenants/{tenant}/runs/{run}") { Next = next };

    [Told]
    internal async Task<ApiAnswer?> UnknownAsync(string tenant, CancellationToken ct) =>
        IsName(tenant) && await tenants.ExistsAsync(tenant, ct)
            ? null
            : ApiAnswer.Problem(404, "Unknown tenant", "There is no tenant of this name.");

    // Names become paths; nothing that is no name gets that far.
    internal static bool IsName(string tenant) => System.Text.RegularExpressions.Regex.IsMatch(tenant, Tenant.NamePattern);
}
