using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What became of a request for a run.</summary>
/// <param name="IsNew">False when a run was under way already.</param>
/// <param name="Next">What has to be done for it.</param>
public sealed record StartedRun(RunRecord Run, bool IsNew, NextMessages Next)
{
    /// <summary>Whether it is not what was asked for: that can begin when this one has ended.</summary>
    public bool IsAnother { get; init; }
}

/// <summary>Begins runs: one for a tenant, or one for each tenant of the night.</summary>
public sealed class StartStage(TenantStore tenants, RunStore runs, KeptConfigurations configurations, TimeProvider time)
{
    /// <summary>One run for every enabled tenant. A tenant that is refused gets a failed run; the others go on.</summary>
    public async Task<IReadOnlyList<StartedRun>> NightAsync(CancellationToken ct)
    {
        var planned = new List<StartedRun>();
        foreach (var id in await tenants.ListAsync(ct))
        {
            try
            {
                if (await PlanEnabledAsync(id, ct) is { } run)
                {
                    planned.Add(run);
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // One tenant's trouble, of whatever kind, is not the others'.
                planned.Add(await RefuseAsync(id, new RunRequest { Trigger = RunTrigger.Nightly }, Problem.Describe(e), ct));
            }
        }

        return planned;
    }

    /// <exception cref="TenantRefusedException">The tenant's file or a secret is not as it should be.</exception>
    public async Task<StartedRun> RunAsync(string tenant, RunRequest request, CancellationToken ct)
    {
        var stored = await tenants.ReadAsync(tenant, ct);
        var newest = await runs.FindNewestAsync(tenant, ct) is { } run ? await runs.FindAsync(tenant, run, ct) : null;
        return await RunAsync(stored, request, newest, ct);
    }

    private async Task<StartedRun> RunAsync(StoredTenant stored, RunRequest request, RunRecord? newest, CancellationToken ct)
    {
        using var trace = RunTrace.Begin(stored.Tenant.Id);
        var run = New(stored, request, newest?.Run) with { TraceParent = trace?.Id };
        if (newest?.Configuration != run.Configuration)
        {
            await configurations.KeepAsync(stored, ct);
        }

        var (begun, isNew) = await runs.BeginAsync(run, newest, ct);
        RunTrace.Name(trace, begun, isNew);

        // A run that is still queued may have lost its message when its host died; a second message does no harm.
        return new StartedRun(begun, isNew, isNew || request.Resume || begun.State == RunState.Queued ? Continue(begun) : NextMessages.None)
        {
            IsAnother = !isNew && !IsSame(begun, run),
        };
    }

    /// <summary>Leaves a failed run, so that the refusal is seen where runs are looked for.</summary>
    public async Task<StartedRun> RefuseAsync(string tenant, RunRequest request, string reason, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var run = new RunRecord
        {
            Tenant = tenant,
            Run = RunId.New(now, await runs.FindNewestAsync(tenant, ct)),
            Trigger = request.Trigger,
            Date = request.Date ?? DateOnly.FromDateTime(now.UtcDateTime),
            State = RunState.Failed,
            StateReason = reason,
            Started = now,
            Finished = now,
            DryRun = request.DryRun,
            Reason = request.Reason,
            Configuration = "",
            Feeds = [],
        };
        var (begun, isNew) = await runs.BeginAsync(run, newest: null, ct);
        if (!isNew)
        {
            // Beside the one that is under way, and not in its place.
            await runs.SaveAsync(run = run with { Number = begun.Number }, ct);
        }

        return new StartedRun(isNew ? begun : run, true, NextMessages.None);
    }

    private async Task<StartedRun?> PlanEnabledAsync(string id, CancellationToken ct)
    {
        var stored = await tenants.ReadAsync(id, ct);
        if (!stored.Tenant.Enabled)
        {
            return null;
        }

        // A timer may fire twice, and the run of its first firing may be over by then.
        var date = stored.Tenant.DateAt(time.GetUtcNow());
        var earlier = await runs.ListAsync(id, ct);
        var newest = earlier is [var run, ..] ? await runs.FindAsync(id, run, ct) : null;
        return await HasNightlyAsync(newest, earlier, date, ct)
            ? null
            : await RunAsync(stored, new RunRequest { Trigger = RunTrigger.Nightly }, newest, ct);
    }

    private async Task<bool> HasNightlyAsync(RunRecord? newest, IReadOnlyList<string> earlier, DateOnly date, CancellationToken ct)
    {
        var (run, at) = (newest, 0);
        while (run is not null && run.Date >= date)
        {
            if (run.Trigger == RunTrigger.Nightly && run.Date == date && IsDone(run))
            {
                return true;
            }

            run = ++at < earlier.Count ? await runs.FindAsync(run.Tenant, earlier[at], ct) : null;
        }

        return false;
    }

    /// <summary>A night whose plan waits for an operator is over: another one would make the plan void.</summary>
    private static bool IsDone(RunRecord run) =>
        run.State is RunState.Delivered or RunState.DeliveredWithErrors || (run.State == RunState.Held && run.Feeds.Any(feed => feed.Holds.Count > 0));

    private RunRecord New(StoredTenant stored, RunRequest request, string? newest)
    {
        var now = time.GetUtcNow();
        var tenant = stored.Tenant;
        return new RunRecord
        {
            Tenant = tenant.Id,
            Run = RunId.New(now, newest),
            Trigger = request.Trigger,
            Date = request.Date ?? tenant.DateAt(now),
            State = RunState.Queued,
            Started = now,
            DryRun = request.DryRun,
            AcceptShrink = request.AcceptShrink,
            Total = request.Total,
            Resends = request.Resends,
            Reason = request.Reason,
            Configuration = stored.Configuration,
            Feeds =
            [
                .. tenant.Feeds
                    .Where(feed => request.Feeds is null || request.Feeds.Contains(feed.Name))
                    .Select(feed => new FeedRun(feed.Name, feed.Type)),
            ],
        };
    }

    private static bool IsSame(RunRecord begun, RunRecord wanted) =>
        begun.Trigger == wanted.Trigger
        && begun.Date == wanted.Date
        && begun.DryRun == wanted.DryRun
        && begun.AcceptShrink == wanted.AcceptShrink
        && begun.Total == wanted.Total
        && begun.Resends == wanted.Resends
        && begun.Configuration == wanted.Configuration
        && begun.Feeds.Select(feed => feed.Name).SequenceEqual(wanted.Feeds.Select(feed => feed.Name));

    /// <summary>The message with which a run goes on from where its record says it is.</summary>
    internal static NextMessages Continue(RunRecord run) => run.State switch
    {
        RunState.Queued when run.Resends is not null => NextMessages.Of(new TransformMessage(run.Tenant, run.Run)),
        RunState.Queued or RunState.Extracting => NextMessages.Of(new ExtractMessage(run.Tenant, run.Run)),
        RunState.Transforming => NextMessages.Of(new TransformMessage(run.Tenant, run.Run)),
        RunState.Exporting => NextMessages.Of(run.Feeds.Select(feed => new ExportMessage(run.Tenant, run.Run, feed.Name))),
        _ => NextMessages.None,
    };
}
