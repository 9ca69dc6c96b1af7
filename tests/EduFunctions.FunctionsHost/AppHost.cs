using System.Collections.Concurrent;
using System.Diagnostics;
using EduFunctions.FunctionsHost.Triggers;
using EduFunctions.FunctionsHost.Workers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace EduFunctions.FunctionsHost;

/// <summary>
/// Runs the app as the Functions host does: its executable as a worker over the worker protocol, queues by the platform's listener, routes by the
/// platform's router in the platform's order. What it has not: the key store, sign-in, scale, timers that fire by themselves (docs/azure.md).
/// </summary>
public sealed class AppHost : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan UsualGrace = TimeSpan.FromSeconds(10);

    private readonly HostOptions _options;
    private readonly HostServer _server;
    private readonly WorkerKeeper _keeper;
    private readonly Invoker _invoker;
    private readonly ConcurrentQueue<string> _log = new();
    private readonly List<IHost> _listeners = [];
    private bool _isStopped;

    private AppHost(HostOptions options, HostServer server)
    {
        (_options, _server) = (options, server);
        _keeper = new WorkerKeeper(options, server.ForWorkers, server.Streams, _log.Enqueue);
        _invoker = new Invoker(_keeper, new OutputQueues(options));
    }

    /// <summary>Where callers reach it.</summary>
    public Uri Address => _server.ForCallers;

    public HostKeys Keys => _server.Keys;

    /// <summary>In the host's order: by name, case ignored.</summary>
    public IReadOnlyList<AppFunction> Functions { get; private set; } = [];

    /// <summary>What the worker says of itself.</summary>
    public IReadOnlyDictionary<string, string> Capabilities { get; private set; } = new Dictionary<string, string>();

    /// <summary>From the start of the worker until all functions are loaded.</summary>
    public TimeSpan ColdStart { get; private set; }

    /// <summary>What the worker has said so far.</summary>
    public IReadOnlyCollection<string> Log => _log;

    public static async Task<AppHost> StartAsync(HostOptions options)
    {
        using var patience = new CancellationTokenSource(StartPatience);
        var host = new AppHost(options, await HostServer.StartAsync(options.Port, patience.Token));
        try
        {
            await host.OpenAsync(patience.Token);
            return host;
        }
        catch (Exception e)
        {
            await host._server.DisposeAsync();
            throw new InvalidOperationException($"The app does not start:\n{string.Join('\n', host._log)}", e);
        }
    }

    /// <summary>The process of the worker that is at work now.</summary>
    public async Task<Process> WorkerAsync() => Process.GetProcessById((await _keeper.CurrentAsync(CancellationToken.None)).Process.Id);

    /// <summary>Calls a timer's function as if its time had come.</summary>
    public Task FireAsync(string timer) =>
        _invoker.TimerAsync(Functions.Single(function => function.Name == timer && function.Schedule is not null), CancellationToken.None);

    /// <summary>As the platform takes an instance away: functions are cancelled and have this long to end; their messages go back.</summary>
    public async Task StopAsync(TimeSpan grace)
    {
        if (_isStopped)
        {
            return;
        }

        _isStopped = true;
        await Task.WhenAll(_listeners.Select(listener => listener.StopAsync()));
        _listeners.ForEach(listener => listener.Dispose());

        // The worker ends before the server it talks to: a worker that finds it gone would live on.
        await _keeper.StopAsync(grace);
        await _server.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(UsualGrace);
        _keeper.Dispose();
    }

    private async Task OpenAsync(CancellationToken ct)
    {
        var clock = Stopwatch.StartNew();
        var worker = await _keeper.StartAsync(ct);
        (Functions, Capabilities) = (worker.Functions, worker.Capabilities);
        ColdStart = clock.Elapsed;
        var settings = new ConfigurationBuilder().AddJsonFile(Path.Combine(_options.AppFolder, "host.json")).Build();
        _server.Front.Open(Functions, settings["extensions:http:routePrefix"] ?? "api", _invoker);
        if (_options.ListensToQueues)
        {
            _listeners.AddRange(Functions.Where(function => function.Queue is not null)
                .Select(function => QueueListening.Build(_options, function, _invoker, _log.Enqueue)));
            await Task.WhenAll(_listeners.Select(listener => listener.StartAsync(ct)));
        }
    }
}
