using System.Net;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace EduFunctions.Tests.App;

/// <summary>A storage account in which there is nothing yet; it takes note of what is put into it.</summary>
internal sealed class EmptyStorage : HttpMessageHandler
{
    public List<string> Written { get; } = [];

    public BlobServiceClient Client => new(
        "UseDevelopmentStorage=true",
        new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(this)) });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (request.Method == HttpMethod.Put)
        {
            Written.Add(request.RequestUri!.AbsolutePath);
        }

        return Task.FromResult(Answer(request));
    }

    private static HttpResponseMessage Answer(HttpRequestMessage request)
    {
        if (request.Method == HttpMethod.Put)
        {
            var created = new HttpResponseMessage(HttpStatusCode.Created) { Content = new ByteArrayContent([]) };
            created.Headers.TryAddWithoutValidation("ETag", "\"1\"");
            created.Content.Headers.LastModified = DateTimeOffset.UnixEpoch;
            return created;
        }

        return request.RequestUri!.Query.Contains("comp=list", StringComparison.Ordinal)
            ? new HttpResponseMessage { Content = new StringContent("<EnumerationResults><Blobs /></EnumerationResults>", null, "application/xml") }
            : new HttpResponseMessage(HttpStatusCode.NotFound) { Content = new ByteArrayContent([]) };
    }
}
