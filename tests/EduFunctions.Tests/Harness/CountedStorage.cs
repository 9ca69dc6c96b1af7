using System.Collections.Concurrent;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace EduFunctions.Tests.Harness;

/// <summary>Notes what is asked of blob storage. Leases are renewed while a machine is slow, and requests repeated: neither is noted.</summary>
public sealed class CountedStorage
{
    private readonly ConcurrentQueue<string> _requests = new();

    /// <summary>Method, path and query, in the order in which they went out.</summary>
    public IReadOnlyList<string> Requests => [.. _requests];

    public BlobServiceClient Open(string connection)
    {
        var options = new BlobClientOptions();
        options.AddPolicy(new Policy(_requests), HttpPipelinePosition.PerCall);
        return new BlobServiceClient(connection, options);
    }

    private sealed class Policy(ConcurrentQueue<string> requests) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message)
        {
            if (!message.Request.Headers.TryGetValue("x-ms-lease-action", out var action) || action != "renew")
            {
                requests.Enqueue($"{message.Request.Method} {message.Request.Uri.PathAndQuery}");
            }
        }
    }
}
