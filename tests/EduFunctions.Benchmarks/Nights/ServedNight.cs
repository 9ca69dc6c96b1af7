using System.Diagnostics;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>A night with the loops of the local host, which share what they work on among tenants and try again what has failed.</summary>
internal sealed class ServedNight(TimedStages stages, RunStore runs, MessageQueues queues)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly Heartbeats _beats = new(TimeProvider.System);

    /// <returns>How long it took until all had ended who are not dead; the others are left where they are.</returns>
    public async Task<TimeSpan> RunAsync(long began, NextMessages first, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await queues.SendAsync(first, ct);
        var loops = Task.WhenAll(
            LoopAsync<ExtractMessage>(Queues.Extract, stages.ExtractAsync, over.Token),
            LoopAsync<TransformMessage>(Queues.Transform, stages.TransformAsync, over.Token),
            LoopAsync<ExportMessage>(Queues.Export, stages.ExportAsync, over.Token));
        await EndedAsync(runs, first.Extract.Where(message => !DeadNeighbours.IsDead(message.Tenant)).Select(message => (message.Tenant, message.Run)), ct);
        var elapsed = Stopwatch.GetElapsedTime(began);
        await over.CancelAsync();
        await loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return elapsed;
    }

    /// <summary>Looks after one run until it is over, and then after the next.</summary>
    public static async Task EndedAsync(RunStore runs, IEnumerable<(string Tenant, string Run)> begun, CancellationToken ct)
    {
        foreach (var (tenant, run) in begun)
        {
            while (await runs.FindAsync(tenant, run, ct) is not { IsFinal: true })
            {
                await Task.Delay(BetweenLooks, ct);
            }
        }
    }

    private Task LoopAsync<T>(string queue, Func<T, CancellationToken, Task<NextMessages>> stage, CancellationToken ct)
        where T : class, IStageMessage =>
        new WorkLoop<T>(queue, stage, queues, _beats, NullLogger.Instance).RunAsync(ct);
}
