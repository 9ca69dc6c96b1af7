using Cronos;
using EduFunctions.Pipeline;

namespace EduFunctions.LocalHost.Serving;

/// <summary>
/// Begins the night by the settings <c>NightlySchedule</c> (six fields, seconds first, as the Functions timer reads it) and
/// <c>NightlyTimeZone</c>.
/// </summary>
internal sealed class NightlyTimer(
    RosterPipeline pipeline, MessageQueues queues, IConfiguration configuration, TimeProvider time, ILogger<NightlyTimer> log) : BackgroundService
{
    private const string DefaultSchedule = "0 30 19 * * *";
    private const string DefaultTimeZone = "Europe/Stockholm";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var schedule = CronExpression.Parse(configuration["NightlySchedule"] ?? DefaultSchedule, CronFormat.IncludeSeconds);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(configuration["NightlyTimeZone"] ?? DefaultTimeZone);
        while (schedule.GetNextOccurrence(time.GetUtcNow(), zone) is { } next)
        {
            log.LogInformation("The next night begins at {Next:u}", next);
            await WaitAsync(next, stoppingToken);
            await queues.SendAsync(await pipeline.PlanNightAsync(stoppingToken), stoppingToken);
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
