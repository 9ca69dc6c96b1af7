using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

internal static class CarryOn
{
    /// <summary>Carries a run's messages to its end and shows how it ended.</summary>
    public static async Task<int> RunAsync(CommandServices services, string tenant, string run, NextMessages next, CancellationToken ct)
    {
        using (new ProgressLines(services.Get<RunProgress>()))
        {
            await services.Get<InlinePump>().RunAsync(next, ct);
        }

        var result = new SyncResult((await services.Get<RunStore>().FindAsync(tenant, run, ct))!, IsRefused: false);
        await ResultTables.ShowAsync(services, [result], output: null, ct);
        return result.ExitCode;
    }
}
