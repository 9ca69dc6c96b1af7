using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Runs;

/// <summary>The fence of a stage: its lease, and the number of its run, which must be the tenant's highest.</summary>
public sealed class RunFence(RunStore runs, RunRecord run, Lease lease) : IFence
{
    public Task ProveLeaseAsync(CancellationToken ct) => lease.ProveAsync(ct);

    public Task ProveAsync(CancellationToken ct) => lease.ProveAsync(() => RequireLatestAsync(ct), ct);

    private async Task RequireLatestAsync(CancellationToken ct)
    {
        if (await runs.FindActiveAsync(run.Tenant, ct) is { } active && (active.Run, active.Number) != (run.Run, run.Number))
        {
            throw active.Run == run.Run
                ? new FencedOffException($"Run {run.Run} (number {run.Number}) has been taken up again under number {active.Number}.")
                : new FencedOffException(Overtaken(active.Run), isForGood: true);
        }
    }

    [Told]
    private static string Overtaken(string later) => $"Run {later}, which began later, took the place of this run.";
}
