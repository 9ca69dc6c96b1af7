using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Watching;

/// <summary>
/// Looks after the tenants, driven by a clock of its own: what is stale, what is held or failed and not told yet, and whether nights are begun at all.
/// </summary>
public sealed class Watch(
    TenantStore tenants, RunStore runs, Freshness freshness, AlarmBoard board, Registrars registrars, IEnumerable<ICallBudget> budgets, TimeProvider time, ILogger<Watch> log)
{
    public async Task LookAsync(CancellationToken ct)
    {
        foreach (var id in await tenants.ListAsync(ct))
        {
            try
            {
                if (await tenants.ReadAsync(id, ct) is { Tenant.Enabled: true } stored)
                {
                    await LookAtAsync(stored, ct);
                }
            }
            catch (TenantRefusedException e)
            {
                log.LogError("{Tenant} cannot be watched: {Problem}", id, e.Message);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // One tenant's trouble, of whatever kind, is not the others'.
                log.LogError("{Tenant} could not be watched ({Problem})", id, Impersonal.Of(e is BlobTroubleException ? e.Message : e.GetType().Name));
            }
        }

        await LookAtPlannerAsync(ct);
        PipelineMetrics.Watches.Add(1);
    }

    private async Task LookAtAsync(StoredTenant stored, CancellationToken ct)
    {
        var tenant = stored.Tenant;
        await freshness.SeeAsync(tenant, ct);
        var feeds = await freshness.OfAsync(tenant, ct);
        foreach (var feed in feeds)
        {
            Measure(tenant.Id, feed);
        }

        foreach (var calls in (await Task.WhenAll(budgets.Select(budget => budget.LeftAsync(tenant, ct)))).SelectMany(each => each))
        {
            PipelineMetrics.BudgetLeft.Record(calls.Left, new("tenant", tenant.Id), new("institution", calls.Of));
        }

        var newest = await runs.FindNewestAsync(tenant.Id, ct) is { } run ? await runs.ShowAsync(tenant.Id, run, ct) : null;
        var isOver = newest is { IsFinal: true, DryRun: false };
        var stale = feeds.Where(feed => !IsToldAsHeld(tenant, newest, feed)).Select(Alarm.Of).OfType<Alarm>();
        var ended = isOver ? Alarm.AllOf(newest!) : [];
        if (isOver && await runs.FindStandingAsync(newest, ct) is { DryRun: false } standing && standing.Run != newest!.Run)
        {
            // A run that came to nothing settles nothing.
            ended = ended.Concat(Alarm.AllOf(standing));
        }

        IEnumerable<Alarm> refused = Alarm.OfFile(stored.Problem) is { } problem ? [problem] : [];
        await board.SettleAsync(tenant, [.. ended, .. stale, .. refused], isKept: open => !isOver && open.Kind != AlarmKind.Freshness, ct);
        await registrars.TellAsync(tenant, newest, ct);
    }

    /// <summary>A feed that a run of late holds whole is stale for that reason, which people know.</summary>
    private bool IsToldAsHeld(Tenant tenant, RunRecord? newest, FreshnessStatus status) =>
        tenant.Alarms.Hold && newest is { State: RunState.Held, DryRun: false } && newest.Started > time.GetUtcNow().AddHours(-status.TargetHours);

    private void Measure(string tenant, FreshnessStatus feed)
    {
        var state = feed.State.ToString().ToLowerInvariant();
        PipelineMetrics.Freshness.Record(feed.AgeHours, new("tenant", tenant), new("feed", feed.Subject), new("state", state));
        if (feed.State == FreshnessState.Stale)
        {
            log.LogWarning("{Tenant}: feed {Feed} is {Freshness}, {Hours} hours old", tenant, feed.Subject, state, feed.AgeHours);
        }
    }

    private async Task LookAtPlannerAsync(CancellationToken ct)
    {
        await freshness.SeePlannerAsync(ct);
        var planner = await freshness.OfPlannerAsync(ct);
        PipelineMetrics.PlannerAge.Record(planner.AgeHours, new KeyValuePair<string, object?>("state", planner.State.ToString().ToLowerInvariant()));
        if (planner.State == FreshnessState.Stale)
        {
            log.LogError("No night was begun for {Hours} hours. Look at the timer and its schedule.", planner.AgeHours);
        }
    }
}
