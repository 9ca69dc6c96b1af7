using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Stages;

/// <summary>
/// Begins pulls of changes by a clock. A tenant that can have none now, or that has a run under way, is passed over without a run: the night says what is
/// wrong, and the next hour asks again.
/// </summary>
public sealed class ChangesStart(TenantStore tenants, StartStage start, ChangedPulls changes, PipelineOptions options, ILogger<ChangesStart> log)
{
    public async Task<IReadOnlyList<StartedRun>> RunAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var started = new List<StartedRun>();
        foreach (var id in options.ChangesByTimer ? await tenants.ListAsync(ct) : [])
        {
            try
            {
                if (await IsDueAsync(id, ct))
                {
                    started.Add(await start.RunAsync(id, new RunRequest { Trigger = RunTrigger.OnDemand, Changed = true }, ct));
                }
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                // One tenant's trouble, of whatever kind, is not the others'.
                log.LogWarning("{Tenant}: changes are not pulled ({Problem})", id, Problem.Describe(e));
            }
        }

        return started;
    }

    private async Task<bool> IsDueAsync(string id, CancellationToken ct)
    {
        var stored = await tenants.ReadAsync(id, ct);
        if (!stored.Tenant.Enabled || !stored.Tenant.Source.Changes)
        {
            return false;
        }

        if (await changes.FindObstacleAsync(stored, ct) is { } obstacle)
        {
            log.LogInformation("{Tenant}: changes are not pulled ({Obstacle})", id, obstacle);
            return false;
        }

        return true;
    }
}
