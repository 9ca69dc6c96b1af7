using System.Text.Json;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Serving;

/// <summary>The storage queues as the Functions host uses them: base64 text, a poison twin each.</summary>
public sealed class MessageQueues(QueueServiceClient service)
{
    public static MessageQueues Open(string connection) =>
        new(new QueueServiceClient(connection, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }));

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
    {
        foreach (var message in messages)
        {
            await this[queue].SendMessageAsync(JsonSerializer.Serialize(message, Serialization.Compact), ct);
        }
    }
}
