using System.Collections.Concurrent;
using System.Net;
using EduFunctions.FunctionsHost.Triggers;
using EduFunctions.FunctionsHost.Workers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.WebJobs.Extensions.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EduFunctions.FunctionsHost;

/// <summary>The two ports of the host: one that workers call by gRPC, one for everybody.</summary>
internal sealed class HostServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private HostServer(WebApplication app, ConcurrentDictionary<string, WorkerStream> streams, HttpFront front, HostKeys keys)
    {
        (_app, Streams, Front, Keys) = (app, streams, front, keys);
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (ForWorkers, ForCallers) = (new Uri(addresses[0]), new Uri(addresses[1]));
    }

    public Uri ForWorkers { get; }

    public Uri ForCallers { get; }

    /// <summary>Streams whose workers have not called yet, by the workers' ids.</summary>
    public ConcurrentDictionary<string, WorkerStream> Streams { get; }

    public HttpFront Front { get; }

    public HostKeys Keys { get; }

    public static async Task<HostServer> StartAsync(int port, CancellationToken ct)
    {
        var streams = new ConcurrentDictionary<string, WorkerStream>(StringComparer.Ordinal);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // The front of the platform waits for slow callers; what the app makes of them is to be seen.
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddGrpc(grpc => (grpc.MaxReceiveMessageSize, grpc.MaxSendMessageSize) = (null, null));
        builder.Services.AddRouting().AddSingleton(streams).AddSingleton<RpcEndpoint>();
        var app = builder.Build();
        var keys = new HostKeys();
        var router = new WebJobsRouter(app.Services.GetRequiredService<IInlineConstraintResolver>());
        app.MapGrpcService<RpcEndpoint>();

        // The router has a route for everything, also for what workers call.
        app.UseWhen(context => context.GetEndpoint() is null, calls => calls.UseRouter(router));
        await app.StartAsync(ct);
        return new HostServer(app, streams, new HttpFront(router, keys), keys);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Front.Dispose();
    }
}
