using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;

namespace EduFunctions.Pipeline.Watching;

/// <summary>Tells people at once of a run that did not end well, or went by an old tenant file. What is missed here, the watch finds.</summary>
public sealed class RunAlarms(AlarmBoard board, TenantStore tenants) : IRunObserver
{
    public async Task ChangedAsync(RunRecord? before, RunRecord run)
    {
        Alarm?[] all = [Alarm.OfFile(run.TenantFileProblem), .. Alarm.AllOf(run)];
        if (run.IsFinal && before is not { IsFinal: true } && all.OfType<Alarm>().ToList() is { Count: > 0 } alarms && await FindAsync(run.Tenant) is { } tenant)
        {
            foreach (var alarm in alarms)
            {
                await board.RaiseAsync(tenant, alarm, CancellationToken.None);
            }
        }
    }

    /// <summary>Null for a tenant whose file is not as it should be: it says nobody who could be told.</summary>
    private async Task<Tenant?> FindAsync(string tenant)
    {
        try
        {
            return (await tenants.ReadAsync(tenant, CancellationToken.None)).Tenant;
        }
        catch (Exception)
        {
            return null;
        }
    }
}
