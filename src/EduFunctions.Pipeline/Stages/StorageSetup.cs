using Azure.Storage.Queues;
using EduFunctions.Pipeline.Storage;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What the nights need in a storage account; whichever host starts first makes it.</summary>
public sealed class StorageSetup(BlobStorage blobs, QueueServiceClient queues)
{
    public async Task MakeAsync(CancellationToken ct)
    {
        await blobs.CreateContainersAsync(ct);
        await MakeQueuesAsync(queues, ct);
    }

    public static async Task MakeQueuesAsync(QueueServiceClient queues, CancellationToken ct)
    {
        foreach (var queue in Queues.WithPoison)
        {
            await queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: ct);
        }
    }
}
