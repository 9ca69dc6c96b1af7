using Azure.Storage.Queues.Models;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Ends the runs whose messages failed for good, message by message: one that cannot be ended does not keep the others waiting.</summary>
/// <param name="queue">The queue whose twin is read.</param>
internal sealed class PoisonLoop(string queue, RosterPipeline pipeline, MessageQueues queues, Heartbeats beats, ILogger log)
{
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterNoAnswer = TimeSpan.FromSeconds(5);

    private readonly string _name = queue + Queues.PoisonSuffix;

    public async Task RunAsync(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            beats.Try(_name);
            try
            {
                var messages = (await queues.Poison(queue).ReceiveMessagesAsync(MessageQueues.MostAtOnce, HiddenMessage.Hidden, ct)).Value;
                beats.Move(_name);
                foreach (var message in messages)
                {
                    await TryAsync(message, ct);
                }

                await Task.Delay(Idle, ct);
            }
            catch (Exception e) when (!ct.IsCancellationRequested)
            {
                log.LogWarning("The queue {Queue} cannot be asked ({Problem}); it is asked again in {Seconds} s", _name, Trouble.Of(e), AfterNoAnswer.TotalSeconds);
                await Task.Delay(AfterNoAnswer, ct);
            }
        }
    }

    private async Task TryAsync(QueueMessage message, CancellationToken ct)
    {
        try
        {
            await pipeline.PoisonAsync(queue, message.MessageText, ct);
            await queues.Poison(queue).DeleteMessageAsync(message.MessageId, message.PopReceipt, ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("A message on {Queue} could not be kept ({Problem}); it comes back in {Minutes} minutes", _name, Trouble.Of(e), HiddenMessage.Hidden.TotalMinutes);
        }
    }
}
