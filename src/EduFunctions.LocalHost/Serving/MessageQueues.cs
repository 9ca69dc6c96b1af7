using Azure.Storage.Queues;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Serving;

/// <summary>The storage queues as the Functions host uses them, a poison twin each.</summary>
public sealed class MessageQueues(QueueServiceClient service)
{
    /// <summary>The storage hands out no more.</summary>
    public const int MostAtOnce = 32;

    public static MessageQueues Open(string connection)
    {
        var options = new QueueClientOptions { Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(30) } };
        return new(new QueueServiceClient(connection, options));
    }

    public QueueClient this[string queue] => service.GetQueueClient(queue);

    public QueueClient Poison(string queue) => service.GetQueueClient(queue + Queues.PoisonSuffix);

    public Task CreateAsync(CancellationToken ct) => StorageSetup.MakeQueuesAsync(service, ct);

    public async Task SendAsync(NextMessages next, CancellationToken ct)
    {
        await SendAsync(Queues.Extract, next.Extract, ct);
        await SendAsync(Queues.Transform, next.Transform, ct);
        await SendAsync(Queues.Export, next.Export, ct);
    }

    private async Task SendAsync<T>(string queue, IReadOnlyList<T> messages, CancellationToken ct)
        where T : IStageMessage
    {
        foreach (var message in messages)
        {
            await this[queue].SendMessageAsync(MessageText.Of(message), ct);
        }
    }
}
