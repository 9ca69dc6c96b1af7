using System.Diagnostics;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;
using Microsoft.Extensions.Logging.Abstractions;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>A night with the loops of the local host, which share what they work on among tenants and try again what has failed.</summary>
internal sealed class ServedNight(RosterPipeline pipeline, RunStore runs, MessageQueues queues)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    private readonly Heartbeats _beats = new(TimeProvider.System);

    /// <returns>How long it took until all had ended who are not dead; the others are left where they are.</returns>
    public async Task<TimeSpan> RunAsync(long began, NextMessages first, CancellationToken ct)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await queues.SendAsync(first, ct);
        var loops = Task.WhenAll(
            LoopAsync<ExtractMessage>(Queues.Extract, pipeline.ExtractAsync, over.Token),
            LoopAsync<TransformMessage>(Queues.Transform, pipeline.TransformAsync, over.Token),
            LoopAsync<ExportMessage>(Queues.Export, pipeline.ExportAsync, over.Token));
        foreach (var message in first.Extract.Where(message => !DeadNeighbours.IsDead(message.Tenant)))
        {
            while (await runs.FindAsync(message.Tenant, message.Run, ct) is not { IsFinal: true })
            {
                await Task.Delay(BetweenLooks, ct);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(began);
        await over.CancelAsync();
        await loops.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return elapsed;
    }

    private Task LoopAsync<T>(string queue, Func<T, CancellationToken, Task<NextMessages>> stage, CancellationToken ct)
        where T : class, IStageMessage =>
        new WorkLoop<T>(queue, stage, queues, _beats, NullLogger.Instance).RunAsync(ct);
}
