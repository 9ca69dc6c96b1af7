using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace EduFunctions.Tests.Harness;

/// <summary>A storage account that is nothing but memory: whole blobs with tags and metadata. For what is asked of a storage in thousandths of a second.</summary>
internal sealed class MemoryStorage : HttpMessageHandler
{
    private const string MetadataPrefix = "x-ms-meta-";

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Blob> _blobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> _blocks = new(StringComparer.Ordinal);
    private int _tags;

    public BlobServiceClient Client => new(
        "UseDevelopmentStorage=true",
        new BlobClientOptions { Transport = new HttpClientTransport(new HttpClient(this)) });

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var path = NameOf(request.RequestUri!);
        var asked = request.RequestUri!.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        lock (_gate)
        {
            return (request.Method.Method, asked.GetValueOrDefault("comp")) switch
            {
                ("GET", "list") => List(path, asked.GetValueOrDefault("prefix")),
                ("GET", null) => _blobs.TryGetValue(path, out var blob) ? Read(blob) : Refused(HttpStatusCode.NotFound, "BlobNotFound"),
                ("PUT", "block") => Keep(asked["blockid"], content),
                ("PUT", "blocklist") => Write(path, Joined(content), request.Headers),
                ("PUT", null) => Write(path, content, request.Headers),
                ("DELETE", null) => _blobs.Remove(path) ? new HttpResponseMessage(HttpStatusCode.Accepted) : Refused(HttpStatusCode.NotFound, "BlobNotFound"),
                _ => throw new NotSupportedException($"{request.Method} {request.RequestUri}"),
            };
        }
    }

    /// <summary>Container and blob, without the account.</summary>
    private static string NameOf(Uri address) => Uri.UnescapeDataString(address.AbsolutePath.Split('/', 3)[2]);

    private static HttpResponseMessage? Refusal(Blob? there, HttpRequestHeaders asked) =>
        there is not null && asked.IfNoneMatch.Contains(EntityTagHeaderValue.Any) ? Refused(HttpStatusCode.Conflict, "BlobAlreadyExists")
        : asked.IfMatch.Count > 0 && !asked.IfMatch.Any(tag => tag.Tag == there?.Tag) ? Refused(HttpStatusCode.PreconditionFailed, "ConditionNotMet")
        : null;

    private static HttpResponseMessage Refused(HttpStatusCode status, string code)
    {
        var refused = new HttpResponseMessage(status) { Content = new ByteArrayContent([]) };
        refused.Headers.Add("x-ms-error-code", code);
        return refused;
    }

    private static HttpResponseMessage Read(Blob blob)
    {
        var read = Tagged(HttpStatusCode.OK, blob, blob.Content);
        read.Headers.Add("x-ms-blob-type", "BlockBlob");
        return read;
    }

    private static HttpResponseMessage Tagged(HttpStatusCode status, Blob blob, byte[] content)
    {
        var tagged = new HttpResponseMessage(status) { Content = new ByteArrayContent(content) };
        tagged.Headers.ETag = new EntityTagHeaderValue(blob.Tag);
        tagged.Content.Headers.LastModified = blob.Modified;
        return tagged;
    }

    /// <summary>A stream whose length nobody knows comes in blocks.</summary>
    private HttpResponseMessage Keep(string block, byte[] content)
    {
        _blocks[block] = content;
        return new HttpResponseMessage(HttpStatusCode.Created) { Content = new ByteArrayContent([]) };
    }

    private byte[] Joined(byte[] list) =>
        [.. XDocument.Load(new MemoryStream(list)).Root!.Elements().SelectMany(block => _blocks.Remove(block.Value, out var content) ? content : [])];

    private HttpResponseMessage Write(string path, byte[] content, HttpRequestHeaders headers)
    {
        if (Refusal(_blobs.GetValueOrDefault(path), headers) is { } refusal)
        {
            return refusal;
        }

        var metadata = headers.Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[MetadataPrefix.Length..], header => header.Value.Single());
        // Each later than the one before: which of two records is the latest must not depend on the clock's steps.
        _blobs[path] = new Blob(content, $"\"{++_tags}\"", DateTimeOffset.UnixEpoch.AddSeconds(_tags), metadata);
        return Tagged(HttpStatusCode.Created, _blobs[path], []);
    }

    private HttpResponseMessage List(string container, string? prefix)
    {
        var found = _blobs.Where(blob => blob.Key.StartsWith($"{container}/{prefix}", StringComparison.Ordinal)).Select(blob => new XElement(
            "Blob",
            new XElement("Name", blob.Key[(container.Length + 1)..]),
            new XElement("Properties", new XElement("Last-Modified", $"{blob.Value.Modified:R}"), new XElement("Etag", blob.Value.Tag)),
            new XElement("Metadata", blob.Value.Metadata.Select(note => new XElement(note.Key, note.Value)))));
        var list = new XElement("EnumerationResults", new XElement("Blobs", found));
        return new HttpResponseMessage { Content = new StringContent(list.ToString(), null, "application/xml") };
    }

    private sealed record Blob(byte[] Content, string Tag, DateTimeOffset Modified, IReadOnlyDictionary<string, string> Metadata);
}
