using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Protocols.Blobs;

/// <summary>Puts every file into a container of Azure's blob storage: the same file twice is one blob.</summary>
public sealed class BlobDelivery(IHttpClientFactory clients, CallLimits limits, TimeProvider time) : IDelivery, IConnectionTest
{
    public const string HttpClientName = "blob";

    public string Type => "blob";

    public Type Settings => typeof(BlobSettings);

    public string OnlyANightTells => "blobs may be written to the container, and what the receiver makes of them";

    public string Target(DeliverySettings settings) => ((BlobSettings)settings).Place;

    public bool IsSecret(DeliverySettings settings) => ((BlobSettings)settings).Sas is not null;

    public async Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
    {
        using var http = clients.CreateClient(HttpClientName);
        var put = new BlobPut(http, (BlobSettings)setup.Delivery, limits);
        return await progress.PutAllAsync(files, time, (name, file) => put.SendAsync(name, file, ct));
    }

    public async IAsyncEnumerable<ConnectionCheck> TestAsync(object settings, [EnumeratorCancellation] CancellationToken ct)
    {
        using var http = clients.CreateClient(HttpClientName);
        yield return new ConnectionCheck("container", await new BlobPut(http, (BlobSettings)settings, limits).FindObstacleAsync(ct));
    }
}
