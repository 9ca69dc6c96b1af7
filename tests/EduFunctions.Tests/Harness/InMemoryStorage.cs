using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Azure.Core.Pipeline;
using Azure.Storage.Blobs;

namespace EduFunctions.Tests.Harness;

/// <summary>Carries a request out when its time has come, or never.</summary>
/// <param name="key">What is asked for, without what differs from one time to the next.</param>
internal delegate Task<HttpResponseMessage> CarryingOut(string key, Func<HttpResponseMessage> carryOut, CancellationToken ct);

/// <summary>What the storage's own client says over HTTP, carried out in memory: the few operations that the pipeline uses, and no others.</summary>
/// <param name="holder">In whose name leases are taken.</param>
/// <param name="carrying">What stands between the client and the account; null for nothing.</param>
internal sealed class InMemoryStorage(InMemoryAccount account, object? holder = null, CarryingOut? carrying = null) : HttpMessageHandler
{
    private const string MetadataPrefix = "x-ms-meta-";

    private readonly Dictionary<string, byte[]> _blocks = new(StringComparer.Ordinal);

    public BlobServiceClient Open(BlobClientOptions? options = null)
    {
        // The client asks again at once, so that a lost answer meets its own write.
        options ??= new BlobClientOptions { Retry = { MaxRetries = 1, Delay = TimeSpan.Zero, MaxDelay = TimeSpan.Zero, Mode = Azure.Core.RetryMode.Fixed } };
        options.Transport = new HttpClientTransport(new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan });
        options.Diagnostics.IsDistributedTracingEnabled = false;
        options.Diagnostics.IsLoggingEnabled = false;
        return new BlobServiceClient("UseDevelopmentStorage=true", options);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        // Container and blob, without the account.
        var path = Uri.UnescapeDataString(request.RequestUri!.AbsolutePath.Split('/', 3)[2]);
        var query = request.RequestUri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        if (carrying is null)
        {
            return Answer(request, path, query, body);
        }

        var key = $"{request.Method} {path} {query.GetValueOrDefault("comp")} {query.GetValueOrDefault("prefix")} "
            + $"{Header(request, "x-ms-lease-action")} {Header(request, "x-ms-range")}";
        return await carrying(key.TrimEnd(), () => Answer(request, path, query, body), cancellationToken);
    }

    private HttpResponseMessage Answer(HttpRequestMessage request, string path, Dictionary<string, string> query, byte[] body) =>
        (request.Method.Method, query.GetValueOrDefault("restype"), query.GetValueOrDefault("comp")) switch
        {
            ("PUT", "container", null) => New(HttpStatusCode.Created),
            ("GET", "container", "list") => List(path, query.GetValueOrDefault("prefix") ?? "", query.GetValueOrDefault("delimiter")),
            ("PUT", null, "lease") => Lease(path, Header(request, "x-ms-lease-action")!, Header(request, "x-ms-lease-id")),
            ("PUT", null, "block") => Keep(query["blockid"], body),
            ("PUT", null, "blocklist") => Put(request, path, Joined(body)),
            ("PUT", null, null) => Put(request, path, body),
            ("GET", null, null) => Get(path, Header(request, "x-ms-range")),
            ("HEAD", null, null) => Get(path, null),
            ("DELETE", null, null) => Delete(path),
            _ => throw new NotSupportedException($"{request.Method} {request.RequestUri}"),
        };

    private HttpResponseMessage Put(HttpRequestMessage request, string path, byte[] body)
    {
        if (account.IsLeased(path))
        {
            return Refused(HttpStatusCode.PreconditionFailed, "LeaseIdMissing");
        }

        var metadata = request.Headers.Where(header => header.Key.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key[MetadataPrefix.Length..], header => header.Value.Single());
        var written = account.TryWrite(path, body, metadata, Header(request, "If-Match"), Header(request, "If-None-Match") == "*");
        return written is not null ? New(HttpStatusCode.Created, written)
            : Header(request, "If-Match") is null ? Refused(HttpStatusCode.Conflict, "BlobAlreadyExists")
            : Refused(HttpStatusCode.PreconditionFailed, "ConditionNotMet");
    }

    /// <summary>A stream whose length nobody knows comes in blocks.</summary>
    private HttpResponseMessage Keep(string block, byte[] content)
    {
        lock (_blocks)
        {
            _blocks[block] = content;
        }

        return New(HttpStatusCode.Created);
    }

    private byte[] Joined(byte[] list)
    {
        lock (_blocks)
        {
            return [.. XDocument.Load(new MemoryStream(list)).Root!.Elements().SelectMany(block => _blocks.Remove(block.Value, out var content) ? content : [])];
        }
    }

    private HttpResponseMessage Get(string path, string? range)
    {
        if (account.Find(path) is not { } blob)
        {
            return Refused(HttpStatusCode.NotFound, "BlobNotFound");
        }

        var (from, length) = range is null ? (0, blob.Content.Length) : PartOf(range, blob.Content.Length);
        if (length <= 0 && range is not null)
        {
            return Refused(HttpStatusCode.RequestedRangeNotSatisfiable, "InvalidRange");
        }

        var answer = New(range is null ? HttpStatusCode.OK : HttpStatusCode.PartialContent, blob, blob.Content.AsMemory(from, length));
        answer.Headers.TryAddWithoutValidation("x-ms-blob-type", "BlockBlob");
        if (range is not null)
        {
            answer.Content.Headers.TryAddWithoutValidation("Content-Range", $"bytes {from}-{from + length - 1}/{blob.Content.Length}");
        }

        foreach (var (name, value) in blob.Metadata)
        {
            answer.Headers.TryAddWithoutValidation(MetadataPrefix + name, value);
        }

        return answer;
    }

    private static (int From, int Length) PartOf(string range, int length)
    {
        var ends = range["bytes=".Length..].Split('-');
        var from = long.Parse(ends[0], CultureInfo.InvariantCulture);
        var to = Math.Min(ends[1].Length == 0 ? long.MaxValue : long.Parse(ends[1], CultureInfo.InvariantCulture), length - 1);
        return from > to ? (0, 0) : ((int)from, (int)(to - from + 1));
    }

    private HttpResponseMessage Delete(string path) =>
        account.IsLeased(path) ? Refused(HttpStatusCode.PreconditionFailed, "LeaseIdMissing")
        : account.Delete(path) ? New(HttpStatusCode.Accepted)
        : Refused(HttpStatusCode.NotFound, "BlobNotFound");

    private HttpResponseMessage Lease(string path, string action, string? id)
    {
        if (account.Find(path) is not { } blob)
        {
            return Refused(HttpStatusCode.NotFound, "BlobNotFound");
        }

        var taken = action == "acquire" ? account.TryAcquire(path, holder) : null;
        var answer = action switch
        {
            "acquire" when taken is null => Refused(HttpStatusCode.Conflict, "LeaseAlreadyPresent"),
            "acquire" => New(HttpStatusCode.Created, blob),
            "renew" when account.TryRenew(path, id!) => New(HttpStatusCode.OK, blob),
            "release" when account.TryRelease(path, id!) => New(HttpStatusCode.OK, blob),
            "renew" or "release" => Refused(HttpStatusCode.Conflict, "LeaseIdMismatchWithLeaseOperation"),
            _ => throw new NotSupportedException(action),
        };
        answer.Headers.TryAddWithoutValidation("x-ms-lease-id", taken?.Id ?? id);
        return answer;
    }

    private HttpResponseMessage List(string container, string prefix, string? delimiter)
    {
        var (blobs, folders) = (new List<XElement>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var (path, blob) in account.Blobs($"{container}/{prefix}"))
        {
            var name = path[(container.Length + 1)..];
            if (delimiter is not null && name.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal) is >= 0 and var end)
            {
                folders.Add(name[..(end + 1)]);
                continue;
            }

            blobs.Add(new XElement(
                "Blob",
                new XElement("Name", name),
                new XElement("Properties", new XElement("Last-Modified", $"{blob.Modified:R}"), new XElement("Etag", blob.Tag), new XElement("BlobType", "BlockBlob")),
                new XElement("Metadata", blob.Metadata.Select(note => new XElement(note.Key, note.Value)))));
        }

        var found = new XElement("Blobs", blobs, folders.Select(folder => new XElement("BlobPrefix", new XElement("Name", folder))));
        var answer = New(HttpStatusCode.OK);
        answer.Content = new StringContent(new XElement("EnumerationResults", found).ToString(SaveOptions.DisableFormatting), null, "application/xml");
        return answer;
    }

    private HttpResponseMessage New(HttpStatusCode status, InMemoryBlob? blob = null, ReadOnlyMemory<byte> content = default)
    {
        var answer = new HttpResponseMessage(status) { Content = new ReadOnlyMemoryContent(content) };
        answer.Headers.Date = account.Now;
        if (blob is not null)
        {
            answer.Headers.TryAddWithoutValidation("ETag", blob.Tag);
            answer.Content.Headers.LastModified = blob.Modified;
        }

        return answer;
    }

    private HttpResponseMessage Refused(HttpStatusCode status, string code)
    {
        var answer = New(status);
        answer.Headers.TryAddWithoutValidation("x-ms-error-code", code);
        return answer;
    }

    private static string? Header(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
