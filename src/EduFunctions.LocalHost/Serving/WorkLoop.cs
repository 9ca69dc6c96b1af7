using Azure.Storage.Queues.Models;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Serving;

/// <summary>
/// Takes messages off a queue and hands them to their stage, as the Functions host does: hidden while at work, back after a failure, poison after
/// <see cref="MostTries"/> failures. Whatever goes wrong is one message's, or one question's; the loop goes on.
/// </summary>
/// <param name="name">The queue.</param>
internal sealed class WorkLoop<T>(
    string name, Func<T, CancellationToken, Task<NextMessages>> stage, MessageQueues queues, Heartbeats beats, ILogger log)
    where T : class, IStageMessage
{
    // As in host.json.
    private const int MostTries = 5;
    private const int AtOnce = 4;

    /// <summary>So many more are taken, so that there are tenants to choose from.</summary>
    private const int Choice = 12;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AfterNoAnswer = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);

    private readonly WorkSlots _slots = new(AtOnce, TimeProvider.System);
    private readonly List<Task> _atWork = [];

    public async Task RunAsync(CancellationToken ct)
    {
        try
        {
            while (!ct.IsCancellationRequested)
            {
                await TurnAsync(ct);
            }
        }
        finally
        {
            await Task.WhenAll(_atWork);
        }
    }

    private async Task TurnAsync(CancellationToken ct)
    {
        _atWork.RemoveAll(task => task.IsCompleted);
        var room = Math.Min(AtOnce + Choice + _slots.Lent - _atWork.Count, MessageQueues.MostAtOnce);
        if (room <= 0)
        {
            beats.Move(name);
            await Task.WhenAny([Task.Delay(Idle, ct), .. _atWork]);
            return;
        }

        beats.Try(name);
        QueueMessage[] messages;
        try
        {
            messages = (await queues[name].ReceiveMessagesAsync(room, HiddenMessage.Hidden, ct)).Value;
            beats.Move(name);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogWarning("The queue {Queue} cannot be asked ({Problem}); it is asked again in {Seconds} s", name, Trouble.Of(e), AfterNoAnswer.TotalSeconds);
            await Task.Delay(AfterNoAnswer, ct);
            return;
        }

        _atWork.AddRange(messages.Select(message => HandleAsync(message, ct)));
        if (messages.Length < room)
        {
            await Task.Delay(Idle, ct);
        }
    }

    /// <summary>Throws nothing.</summary>
    private async Task HandleAsync(QueueMessage message, CancellationToken ct)
    {
        await using var hidden = new HiddenMessage(queues[name], message);
        try
        {
            if (MessageText.Read<T>(message.MessageText) is not { } work)
            {
                log.LogError("A message on {Queue} cannot be read", name);
                await PoisonAsync(message, hidden, ct);
                return;
            }

            var next = await WorkAsync(work, ct);

            // What comes next is queued before this is taken away: a crash between repeats a stage, and loses nothing. What is done is done, also when the host ends.
            await queues.SendAsync(next, CancellationToken.None);
            await hidden.DeleteAsync(CancellationToken.None);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            await BackOrPoisonAsync(message, hidden, e, ct);
        }
        catch (Exception)
        {
            // The host ends: another one, or this one when it is back, begins at once, with a message that nobody has failed on.
            await TryAsync(async () =>
            {
                await queues[name].SendMessageAsync(message.MessageText, CancellationToken.None);
                await hidden.DeleteAsync(CancellationToken.None);
            });
        }
    }

    private async Task<NextMessages> WorkAsync(T work, CancellationToken ct)
    {
        using var slot = await _slots.TakeAsync(work.Tenant, ct);
        return await slot.RunAsync(() => stage(work, ct));
    }

    private async Task BackOrPoisonAsync(QueueMessage message, HiddenMessage hidden, Exception e, CancellationToken ct)
    {
        log.LogWarning("A message on {Queue} failed, try {Try} of {Most}: {Problem}", name, message.DequeueCount, MostTries, Trouble.Of(e));
        await TryAsync(() => message.DequeueCount < MostTries ? hidden.ReturnAsync(RetryAfter, ct) : PoisonAsync(message, hidden, ct));
    }

    private async Task PoisonAsync(QueueMessage message, HiddenMessage hidden, CancellationToken ct)
    {
        await queues.Poison(name).SendMessageAsync(message.MessageText, ct);
        await hidden.DeleteAsync(ct);
    }

    /// <summary>What fails here comes back by itself when the message is seen again.</summary>
    private async Task TryAsync(Func<Task> attempt)
    {
        try
        {
            await attempt();
        }
        catch (Exception e)
        {
            log.LogWarning("A message on {Queue} could not be put back ({Problem}); it comes back by itself within {Minutes} minutes", name, Trouble.Of(e), HiddenMessage.Hidden.TotalMinutes);
        }
    }
}
