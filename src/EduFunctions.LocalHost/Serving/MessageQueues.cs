using System.Text.Json;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Specialized;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Serving;

/// <summary>The storage queues as the Functions host uses them: base64 text, a poison twin each.</summary>
public sealed class MessageQueues(QueueServiceClient service)
{
    /// <summary>The storage hands out no more.</summary>
    public const int MostAtOnce = 32;

    public static MessageQueues Open(string connection)
    {
        var options = new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64, Retry = { MaxRetries = 2, NetworkTimeout = TimeSpan.FromSeconds(30) } };
        options.MessageDecodingFailed += SetAsideAsync;
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
    {
        foreach (var message in messages)
        {
            await this[queue].SendMessageAsync(JsonSerializer.Serialize(message, Serialization.Compact), ct);
        }
    }

    /// <summary>A message that is no base64 would keep all that were received with it from being read: it goes to the poison as it is.</summary>
    private static async Task SetAsideAsync(QueueMessageDecodingFailedEventArgs failed)
    {
        var poison = failed.Queue.Name.EndsWith(Queues.PoisonSuffix, StringComparison.Ordinal)
            ? failed.Queue
            : failed.Queue.GetParentQueueServiceClient().GetQueueClient(failed.Queue.Name + Queues.PoisonSuffix);
        await poison.SendMessageAsync(failed.ReceivedMessage.Body, cancellationToken: failed.CancellationToken);
        await failed.Queue.DeleteMessageAsync(failed.ReceivedMessage.MessageId, failed.ReceivedMessage.PopReceipt, failed.CancellationToken);
    }
}
