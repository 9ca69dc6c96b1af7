using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Ends the host when one of its loops is dead: whoever started it starts it again, which a host that only looks alive never is.</summary>
internal sealed class LoopWatch(Heartbeats beats, IHostApplicationLifetime host, TimeProvider time, ILogger<LoopWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>What killed the host; null while all is well.</summary>
    public string? Death { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (Death is null)
        {
            await Task.Delay(Pause, time, stoppingToken);
            if (beats.Dead() is { Count: > 0 } dead)
            {
                Death = $"{string.Join(", ", dead)} have not even tried to get on for minutes, so the host ends; start it again.";
                log.LogCritical("{Death}", Death);
                host.StopApplication();
            }
        }
    }
}
