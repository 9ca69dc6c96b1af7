using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Serving;

/// <summary>The loops over the queues and their poison twins, each kept going by itself.</summary>
internal sealed class QueuePump(RosterPipeline pipeline, MessageQueues queues, Heartbeats beats, ILogger<QueuePump> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var loops = Loops().ToDictionary(loop => loop.Name, loop => loop.RunAsync);
        loops.Keys.ToList().ForEach(beats.Expect);
        return Task.WhenAll(loops.Select(loop => Loop.KeepAsync(loop.Key, ct => FromTheStartAsync(loop.Value, ct), log, stoppingToken)));
    }

    private async Task FromTheStartAsync(Func<CancellationToken, Task> loop, CancellationToken ct)
    {
        await queues.CreateAsync(ct);
        await loop(ct);
    }

    private IEnumerable<(string Name, Func<CancellationToken, Task> RunAsync)> Loops() =>
    [
        (Queues.Extract, new WorkLoop<ExtractMessage>(Queues.Extract, pipeline.ExtractAsync, queues, beats, log).RunAsync),
        (Queues.Transform, new WorkLoop<TransformMessage>(Queues.Transform, pipeline.TransformAsync, queues, beats, log).RunAsync),
        (Queues.Export, new WorkLoop<ExportMessage>(Queues.Export, pipeline.ExportAsync, queues, beats, log).RunAsync),
        .. Queues.All.Select(queue => (queue + Queues.PoisonSuffix, (Func<CancellationToken, Task>)new PoisonLoop(queue, pipeline, queues, beats, log).RunAsync)),
    ];
}
