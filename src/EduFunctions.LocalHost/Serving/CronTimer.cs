using Cronos;

namespace EduFunctions.LocalHost.Serving;

/// <summary>
/// Does something by a schedule from the settings: six fields, seconds first, in UTC, as the Functions timer reads it.
/// </summary>
internal abstract class CronTimer(string setting, string defaultSchedule, IConfiguration configuration, TimeProvider time, ILogger log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var schedule = CronExpression.Parse(configuration[setting] ?? defaultSchedule, CronFormat.IncludeSeconds);
        while (schedule.GetNextOccurrence(time.GetUtcNow(), TimeZoneInfo.Utc) is { } next)
        {
            await WaitAsync(next, stoppingToken);
            await TryAsync(next, stoppingToken);
        }
    }

    protected abstract Task FireAsync(CancellationToken ct);

    /// <summary>A storage that does not answer now does so the next time; the host goes on.</summary>
    private async Task TryAsync(DateTimeOffset due, CancellationToken ct)
    {
        try
        {
            await FireAsync(ct);
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("{Setting} of {Due:u} failed ({Problem})", setting, due, e.GetType().Name);
        }
    }

    /// <summary>In steps of an hour at most, so that a machine that slept or set its clock is not hours late.</summary>
    private async Task WaitAsync(DateTimeOffset until, CancellationToken ct)
    {
        for (var rest = until - time.GetUtcNow(); rest > TimeSpan.Zero; rest = until - time.GetUtcNow())
        {
            await Task.Delay(rest < TimeSpan.FromHours(1) ? rest : TimeSpan.FromHours(1), time, ct);
        }
    }
}
