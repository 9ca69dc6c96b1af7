using System.Text.Json;
using System.Text.Json.Serialization;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Http;

/// <summary>The operations of the HTTP API, the same for every host.</summary>
public sealed class SyncApi(RosterPipeline pipeline, Approvals approvals, TenantStore tenants, RunStore runs, PlanStore plans, People people)
{
    private const int RunsShown = 50;

    private static readonly JsonSerializerOptions Strict = new(Serialization.Compact) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary><c>POST /api/tenants/{tenant}/sync</c>: begins a run.</summary>
    public async Task<ApiAnswer> SyncAsync(string tenant, Stream body, CancellationToken ct)
    {
        if (await UnknownAsync(tenant, ct) is { } unknown)
        {
            return unknown;
        }

        if (await ReadAsync(body, new SyncBody(), ct) is not { } wanted)
        {
            return ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with at most reason, dryRun, acceptShrink, total and feeds.");
        }

        try
        {
            return await BeginAsync(tenant, wanted, ct);
        }
        catch (TenantRefusedException e)
        {
            return ApiAnswer.Problem(422, "Tenant refused", e.Message);
        }
    }

    /// <summary><c>GET /api/tenants</c>: all tenants with their latest run.</summary>
    public async Task<ApiAnswer> TenantsAsync(CancellationToken ct)
    {
        var answer = new List<object>();
        foreach (var tenant in await tenants.ListAsync(ct))
        {
            var latest = await runs.FindNewestAsync(tenant, ct) is { } newest ? await runs.FindAsync(tenant, newest, ct) : null;
            answer.Add(new { Tenant = tenant, LatestRun = latest });
        }

        return new ApiAnswer(200, answer);
    }

    /// <summary><c>GET /api/tenants/{tenant}/runs</c>: the latest runs, newest first.</summary>
    public async Task<ApiAnswer> RunsAsync(string tenant, CancellationToken ct)
    {
        if (await UnknownAsync(tenant, ct) is { } unknown)
        {
            return unknown;
        }

        var latest = (await runs.ListAsync(tenant, ct)).Take(RunsShown).Select(run => runs.FindAsync(tenant, run, ct));
        return new ApiAnswer(200, await Task.WhenAll(latest));
    }

    /// <summary><c>GET /api/tenants/{tenant}/runs/{run}</c>.</summary>
    public async Task<ApiAnswer> RunAsync(string tenant, string run, CancellationToken ct) =>
        IsName(tenant) && RunId.IsValid(run) && await runs.FindAsync(tenant, run, ct) is { } record
            ? new ApiAnswer(200, record)
            : ApiAnswer.Problem(404, "Unknown run", "The tenant has no run of this name.");

    /// <summary><c>GET /api/tenants/{tenant}/runs/{run}/plans/{feed}</c>: what a delivery would change, and what of it is held.</summary>
    public async Task<ApiAnswer> PlanAsync(string tenant, string run, string feed, CancellationToken ct) =>
        IsName(tenant) && RunId.IsValid(run) && IsName(feed) && await plans.FindAsync(tenant, run, feed, ct) is { } plan
            ? new ApiAnswer(200, plan)
            : ApiAnswer.Problem(404, "Unknown plan", "The run has no plan of this feed.");

    /// <summary><c>POST /api/tenants/{tenant}/runs/{run}/approve</c>: lets through what a run holds.</summary>
    public async Task<ApiAnswer> ApproveAsync(string tenant, string run, Stream body, CancellationToken ct)
    {
        if (!IsName(tenant) || !RunId.IsValid(run))
        {
            return ApiAnswer.Problem(404, "Unknown run", "The tenant has no run of this name.");
        }

        if (await ReadAsync<ApproveBody>(body, ifEmpty: null, ct) is not { Plan: { Length: > 0 } plan })
        {
            return ApiAnswer.Problem(400, "Bad request", "The body must be a JSON object with the hash of the plan as plan, and nothing else.");
        }

        var answer = await approvals.ApproveAsync(tenant, run, plan, ct);
        return answer.Refusal is not { } refusal ? new ApiAnswer(202, new { Run = run }, $"/api/tenants/{tenant}/runs/{run}") { Next = answer.Next }
            : answer.IsKnown ? ApiAnswer.Problem(409, "Not approved", refusal, run)
            : ApiAnswer.Problem(404, "Unknown run", refusal);
    }

    /// <summary><c>GET /api/tenants/{tenant}/people/{personId}</c>: the decision on a person in the latest run.</summary>
    public async Task<ApiAnswer> PersonAsync(string tenant, string person, CancellationToken ct) =>
        await UnknownAsync(tenant, ct) is { } unknown ? unknown
        : EntityId.TryFind(person, out var id) && await people.ExplainAsync(tenant, id, run: null, ct) is { } explanation
            ? new ApiAnswer(200, explanation)
            : ApiAnswer.Problem(404, "Unknown person", "The latest run of the tenant has no person with this id.");

    private async Task<ApiAnswer> BeginAsync(string tenant, SyncBody wanted, CancellationToken ct)
    {
        var feeds = (await tenants.ReadAsync(tenant, ct)).Tenant.Feeds.Select(feed => feed.Name).ToList();
        if (wanted.Feeds?.Except(feeds).FirstOrDefault() is { } stranger)
        {
            return ApiAnswer.Problem(400, "Unknown feed", $"The tenant has no feed \"{stranger}\"; it has {string.Join(", ", feeds)}.");
        }

        var planned = await pipeline.PlanAsync(tenant, wanted.ToRequest(), ct);
        var run = planned.Run.Run;
        var answer = planned.IsNew
            ? new ApiAnswer(202, new { Run = run }, $"/api/tenants/{tenant}/runs/{run}")
            : ApiAnswer.Problem(409, "Already running", $"Run {run} of the tenant is under way.", run);
        return answer with { Next = planned.Next };
    }

    internal async Task<ApiAnswer?> UnknownAsync(string tenant, CancellationToken ct) =>
        IsName(tenant) && await tenants.ExistsAsync(tenant, ct)
            ? null
            : ApiAnswer.Problem(404, "Unknown tenant", "There is no tenant of this name.");

    // Names become paths; nothing that is no name gets that far.
    private static bool IsName(string tenant) => System.Text.RegularExpressions.Regex.IsMatch(tenant, Tenant.NamePattern);

    internal static async Task<T?> ReadAsync<T>(Stream body, T? ifEmpty, CancellationToken ct)
        where T : class
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, ct);
        try
        {
            return bytes.Length == 0 ? ifEmpty : JsonSerializer.Deserialize<T>(bytes.ToArray(), Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record ApproveBody(string? Plan = null);

    private sealed record SyncBody(
        string? Reason = null, bool DryRun = false, bool AcceptShrink = false, bool Total = false, IReadOnlyList<string>? Feeds = null)
    {
        public RunRequest ToRequest() => new()
        {
            Trigger = RunTrigger.OnDemand,
            DryRun = DryRun,
            AcceptShrink = AcceptShrink,
            Total = Total,
            Reason = Reason,
            Feeds = Feeds,
        };
    }
}
