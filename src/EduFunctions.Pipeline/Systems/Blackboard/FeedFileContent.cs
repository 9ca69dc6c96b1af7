using System.Net;
using System.Net.Http.Headers;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>A file as the body of a request, streamed; the file stays open.</summary>
internal sealed class FeedFileContent : HttpContent
{
    private readonly Stream _file;

    public FeedFileContent(Stream file)
    {
        _file = file;
        Headers.ContentType = new MediaTypeHeaderValue("text/plain", "UTF-8");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => _file.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = _file.Length;
        return true;
    }
}
