using Cronos;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Serving;

/// <summary>
/// Does something by a schedule from the settings: six fields, seconds first, in UTC, as the Functions timer reads it. What fails is tried again
/// until it is done or due anew: a storage that is away for a minute costs no night.
/// </summary>
internal abstract class CronTimer(string setting, string defaultSchedule, IConfiguration configuration, Heartbeats beats, TimeProvider time, ILogger log)
    : BackgroundService
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly CronExpression _schedule = Parse(setting, configuration[setting] ?? defaultSchedule, time.GetUtcNow());

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        beats.Expect(setting);
        await Loop.KeepAsync(setting, ct => RunAsync(_schedule, ct), log, stoppingToken);
    }

    protected abstract Task FireAsync(CancellationToken ct);

    /// <exception cref="SettingRefusedException">It is no schedule, or its time never comes.</exception>
    private static CronExpression Parse(string setting, string text, DateTimeOffset now)
    {
        try
        {
            var schedule = CronExpression.Parse(text, CronFormat.IncludeSeconds);
            return schedule.GetNextOccurrence(now, TimeZoneInfo.Utc) is not null
                ? schedule
                : throw new SettingRefusedException($"The setting {setting} must be a schedule whose time comes, not {text}.");
        }
        catch (CronFormatException e)
        {
            throw new SettingRefusedException($"The setting {setting} must be six fields, seconds first, as 0 30 * * * *, not \"{text}\" ({e.Message.TrimEnd('.')}).", e);
        }
    }

    private async Task RunAsync(CronExpression schedule, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            // A schedule that never comes again leaves only the waiting.
            var due = schedule.GetNextOccurrence(time.GetUtcNow(), TimeZoneInfo.Utc) ?? DateTimeOffset.MaxValue;
            await WaitAsync(due, ct);
            var again = schedule.GetNextOccurrence(due, TimeZoneInfo.Utc) ?? DateTimeOffset.MaxValue;
            while (!await TryAsync(due, ct) && time.GetUtcNow() + Step < again)
            {
                await Task.Delay(Step, time, ct);
            }
        }
    }

    private async Task<bool> TryAsync(DateTimeOffset due, CancellationToken ct)
    {
        await using var alive = time.CreateTimer(_ => beats.Move(setting), null, TimeSpan.Zero, Step);
        try
        {
            await FireAsync(ct);
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError("{Setting} of {Due:u} failed ({Problem}); it is tried again in {Seconds} s", setting, due, Trouble.Of(e), Step.TotalSeconds);
            return false;
        }
    }

    /// <summary>In short steps, so that a machine that slept or set its clock is not late, and so that it shows that the timer is alive.</summary>
    private async Task WaitAsync(DateTimeOffset until, CancellationToken ct)
    {
        for (var rest = until - time.GetUtcNow(); rest > TimeSpan.Zero; rest = until - time.GetUtcNow())
        {
            beats.Move(setting);
            await Task.Delay(rest < Step ? rest : Step, time, ct);
        }
    }
}
