using EduFunctions.Pipeline.Stages;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Looks every hour whose night begins.</summary>
internal sealed class NightlyTimer(
    RosterPipeline pipeline, MessageQueues queues, IConfiguration configuration, TimeProvider time, ILogger<NightlyTimer> log)
    : CronTimer("NightlySchedule", "0 30 * * * *", configuration, time, log)
{
    protected override async Task FireAsync(CancellationToken ct) => await queues.SendAsync(await pipeline.StartNightAsync(ct), ct);
}
