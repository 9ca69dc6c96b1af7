using System.Diagnostics;
using System.Threading.Channels;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>Carries messages over the queues, as a host does, until none is left. A failure ends it: nothing may fail here.</summary>
/// <param name="atOnce">So many of each queue.</param>
internal sealed class NightPump(TimedStages stages, MessageQueues queues, int atOnce)
{
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);

    // A signal per message, so that nobody asks an empty queue: what idle hosts ask does not belong to a night.
    private readonly Dictionary<string, Channel<bool>> _waiting = Queues.All.ToDictionary(queue => queue, _ => Channel.CreateUnbounded<bool>());
    private int _underWay;

    /// <returns>How long it took.</returns>
    public async Task<TimeSpan> RunAsync(long began, NextMessages first, CancellationToken ct)
    {
        await SendAsync(first, ct);
        await Task.WhenAll(
            PumpAsync<ExtractMessage>(Queues.Extract, stages.ExtractAsync, ct),
            PumpAsync<TransformMessage>(Queues.Transform, stages.TransformAsync, ct),
            PumpAsync<ExportMessage>(Queues.Export, stages.ExportAsync, ct));
        return Stopwatch.GetElapsedTime(began);
    }

    private async Task SendAsync(NextMessages next, CancellationToken ct)
    {
        Interlocked.Add(ref _underWay, next.Extract.Count + next.Transform.Count + next.Export.Count);
        await queues.SendAsync(next, ct);
        Signal(Queues.Extract, next.Extract.Count);
        Signal(Queues.Transform, next.Transform.Count);
        Signal(Queues.Export, next.Export.Count);
    }

    private void Signal(string queue, int messages)
    {
        for (var message = 0; message < messages; message++)
        {
            _waiting[queue].Writer.TryWrite(true);
        }
    }

    private Task PumpAsync<T>(string queue, Func<T, CancellationToken, Task<NextMessages>> stage, CancellationToken ct)
        where T : class, IStageMessage =>
        Parallel.ForEachAsync(
            _waiting[queue].Reader.ReadAllAsync(ct),
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = ct },
            async (_, stop) => await HandleAsync(queue, stage, stop));

    private async Task HandleAsync<T>(string queue, Func<T, CancellationToken, Task<NextMessages>> stage, CancellationToken ct)
        where T : class, IStageMessage
    {
        try
        {
            await CarryAsync(queue, stage, ct);
        }
        catch (Exception e)
        {
            End(e);
            throw;
        }
    }

    private async Task CarryAsync<T>(string queue, Func<T, CancellationToken, Task<NextMessages>> stage, CancellationToken ct)
        where T : class, IStageMessage
    {
        var message = (await queues[queue].ReceiveMessageAsync(Hidden, ct)).Value
            ?? throw new InvalidOperationException($"A message on {queue} was lost.");
        await SendAsync(await stage(MessageText.Read<T>(message.MessageText)!, ct), ct);
        await queues[queue].DeleteMessageAsync(message.MessageId, message.PopReceipt, ct);
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            End(null);
        }
    }

    /// <summary>Whoever waits for more waits for nothing.</summary>
    private void End(Exception? failure)
    {
        foreach (var waiting in _waiting.Values)
        {
            waiting.Writer.TryComplete(failure);
        }
    }
}
