using Azure.Storage.Queues;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Storage;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Stages;

/// <summary>What the nights need in a storage account; whichever host starts first makes it.</summary>
public sealed class StorageSetup(BlobStorage blobs, QueueServiceClient queues, TimeProvider time, ILogger<StorageSetup> log)
{
    // Callers wait for the worker meanwhile, and the Functions host ends one that has not called it after a minute.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task MakeAsync(CancellationToken ct)
    {
        await blobs.CreateContainersAsync(ct);
        await MakeQueuesAsync(queues, ct);
    }

    /// <summary>For a host that has to be there to say what is wrong: what is missing is made by the next one that starts.</summary>
    /// <exception cref="SettingRefusedException">There is no telling which storage is meant.</exception>
    public async Task TryMakeAsync(CancellationToken ct)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var bound = CancellationTokenSource.CreateLinkedTokenSource(ct, patience.Token);
        try
        {
            await MakeAsync(bound.Token);
        }
        catch (Exception e) when (e is not SettingRefusedException && !ct.IsCancellationRequested)
        {
            var problem = patience.IsCancellationRequested ? "It does not answer." : Problem.Describe(e);
            log.LogError("The storage cannot be prepared: {Problem} Containers and queues are made when the app starts again.", problem);
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
