using Azure;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What the nights need in a storage account; whichever host starts first makes it.</summary>
public sealed class StorageSetup(BlobStorage blobs, QueueServiceClient queues, ILogger<StorageSetup> log)
{
    public async Task MakeAsync(CancellationToken ct)
    {
        await blobs.CreateContainersAsync(ct);
        await MakeQueuesAsync(queues, ct);
    }

    /// <summary>For a host that has to be there to say what is wrong: what is missing is made by the next one that starts.</summary>
    public async Task TryMakeAsync(CancellationToken ct)
    {
        try
        {
            await MakeAsync(ct);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            log.LogError("The storage cannot be prepared: {Problem} Containers and queues are made when the app starts again.", Problem.Describe(e));
        }
    }

    public static async Task MakeQueuesAsync(QueueServiceClient queues, CancellationToken ct)
    {
        foreach (var queue in Queues.WithPoison)
        {
            await queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: ct);
        }
    }
}
