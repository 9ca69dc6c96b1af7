using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Serving;

/// <summary>
/// Takes messages off the queues and hands them to the stages, as the Functions host does: hidden while at work, back after a
/// failure, poison after <see cref="MostTries"/> failures.
/// </summary>
internal sealed class QueuePump(RosterPipeline pipeline, MessageQueues queues, ILogger<QueuePump> log) : BackgroundService
{
    // As in host.json.
    private const int MostTries = 5;
    private const int AtOnce = 4;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await queues.CreateAsync(stoppingToken);
        await Task.WhenAll(
        [
            PumpAsync<ExtractMessage>(Queues.Extract, pipeline.ExtractAsync, stoppingToken),
            PumpAsync<TransformMessage>(Queues.Transform, pipeline.TransformAsync, stoppingToken),
            PumpAsync<ExportMessage>(Queues.Export, pipeline.ExportAsync, stoppingToken),
            .. Queues.All.Select(queue => PumpPoisonAsync(queue, stoppingToken)),
        ]);
    }

    private async Task PumpAsync<T>(string name, Func<T, CancellationToken, Task<NextMessages>> stage, CancellationToken ct)
    {
        var atWork = new List<Task>();
        while (!ct.IsCancellationRequested)
        {
            atWork.RemoveAll(task => task.IsCompleted);
            var room = AtOnce - atWork.Count;
            var messages = room > 0 ? await ReceiveAsync(queues[name], room, ct) : [];
            atWork.AddRange(messages.Select(message => HandleAsync(name, message, stage, ct)));
            if (messages.Count < room || room == 0)
            {
                await Task.WhenAny([Task.Delay(Idle, ct), .. room == 0 ? atWork : []]);
            }
        }

        await Task.WhenAll(atWork);
    }

    private async Task HandleAsync<T>(
        string name, QueueMessage message, Func<T, CancellationToken, Task<NextMessages>> stage, CancellationToken ct)
    {
        await using var hidden = new HiddenMessage(queues[name], message, Hidden, Renewal);
        try
        {
            var next = await stage(JsonSerializer.Deserialize<T>(message.MessageText, Serialization.Compact)!, ct);

            // What comes next is queued before this is taken away: a crash between repeats a stage, and loses nothing.
            await queues.SendAsync(next, ct);
            await hidden.DeleteAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await BackOrPoisonAsync(name, message, hidden, e, ct);
        }
        catch (OperationCanceledException)
        {
            // Stopping: the message comes back by itself.
        }
    }

    private async Task BackOrPoisonAsync(string name, QueueMessage message, HiddenMessage hidden, Exception e, CancellationToken ct)
    {
        log.LogWarning("A message on {Queue} failed, try {Try} of {Most}: {Kind}", name, message.DequeueCount, MostTries, e.GetType().Name);
        if (message.DequeueCount < MostTries)
        {
            await hidden.ReturnAsync(RetryAfter, ct);
            return;
        }

        await queues.Poison(name).SendMessageAsync(message.MessageText, ct);
        await hidden.DeleteAsync(ct);
    }

    private async Task PumpPoisonAsync(string name, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            foreach (var message in await ReceiveAsync(queues.Poison(name), AtOnce, ct))
            {
                await pipeline.PoisonAsync(name, message.MessageText, ct);
                await queues.Poison(name).DeleteMessageAsync(message.MessageId, message.PopReceipt, ct);
            }

            await Task.Delay(Idle * 4, ct);
        }
    }

    private async Task<IReadOnlyList<QueueMessage>> ReceiveAsync(QueueClient queue, int most, CancellationToken ct)
    {
        try
        {
            return (await queue.ReceiveMessagesAsync(most, Hidden, ct)).Value;
        }
        catch (RequestFailedException e)
        {
            log.LogWarning("The queue {Queue} does not answer ({Status} {Code})", queue.Name, e.Status, e.ErrorCode);
            await Task.Delay(RetryAfter, ct);
            return [];
        }
    }
}
