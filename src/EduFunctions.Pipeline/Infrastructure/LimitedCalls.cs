using System.Net;

namespace EduFunctions.Pipeline.Infrastructure;

/// <summary>Around every call over HTTP: who waits for its answer lends the slot, and an answer that no longer moves ends.</summary>
internal sealed class LimitedCalls(CallLimits limits) : DelegatingHandler
{
    /// <summary>A handler for connections that end.</summary>
    public static SocketsHttpHandler Connections(CallLimits limits, bool cookies = true) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = cookies,
        ConnectTimeout = limits.Connect,

        // Names are looked up again now and then: hosts move.
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await WorkSlot.WaitAsync(() => base.SendAsync(request, cancellationToken));
        answer.Content = await LimitedContent.OfAsync(answer.Content, request.RequestUri!.Authority, limits, cancellationToken);
        return answer;
    }

    /// <summary>The same body and headers, read within the limits.</summary>
    private sealed class LimitedContent : StreamContent
    {
        private readonly HttpContent _inner;
        private readonly Stream _body;

        private LimitedContent(HttpContent inner, Stream body)
            : base(body)
        {
            (_inner, _body) = (inner, body);
            foreach (var (name, values) in inner.Headers.NonValidated)
            {
                Headers.TryAddWithoutValidation(name, values);
            }
        }

        public static async Task<HttpContent> OfAsync(HttpContent inner, string authority, CallLimits limits, CancellationToken ct) =>
            new LimitedContent(inner, new LimitedStream(await inner.ReadAsStreamAsync(ct), authority, limits));

        /// <summary>An answer that is taken whole ends with the patience of who asks. What is derived from a content of this kind would be copied without.</summary>
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) => _body.CopyToAsync(stream, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
