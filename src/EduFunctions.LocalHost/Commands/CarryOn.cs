using EduFunctions.LocalHost.Local;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Commands;

internal static class CarryOn
{
    /// <summary>Carries a run's messages to its end and shows how it ended.</summary>
    public static async Task<int> RunAsync(CommandServices services, string tenant, string run, NextMessages next, CancellationToken ct)
    {
        IReadOnlyList<SyncResult> results;
        using (new ProgressLines(services.Get<RunProgress>()))
        {
            results = await services.Get<SyncRunner>().CarryAsync([(tenant, run, next)], ct);
        }

        await ResultTables.ShowAsync(services, results, output: null, ct);
        return ExitCodes.Of([.. results.Select(result => result.ExitCode)]);
    }
}
