using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EduFunctions.Simulators.Http;

/// <summary>
/// Kestrel on a free port of 127.0.0.1. Without a host around it: that would take over Ctrl+C, watch settings files and take
/// longer to start than most tests run.
/// </summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly KestrelServer _kestrel;

    private LoopbackServer(KestrelServer kestrel) => _kestrel = kestrel;

    /// <summary>Such as <c>http://127.0.0.1:49152</c>, without a slash at the end.</summary>
    public string Address => _kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    public static async Task<LoopbackServer> StartAsync(RequestDelegate answer, CancellationToken ct = default)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = null;
        options.Listen(IPAddress.Loopback, 0);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var kestrel = new KestrelServer(Options.Create(options), sockets, NullLoggerFactory.Instance);
        await kestrel.StartAsync(new Application(answer), ct);
        return new LoopbackServer(kestrel);
    }

    /// <summary>Stops listening at once; requests under way are cut off.</summary>
    public async ValueTask DisposeAsync()
    {
        await _kestrel.StopAsync(new CancellationToken(canceled: true));
        _kestrel.Dispose();
    }

    private sealed class Application(RequestDelegate answer) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => answer(context);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
