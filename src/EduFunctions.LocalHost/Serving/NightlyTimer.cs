using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Looks every hour whose night begins.</summary>
internal sealed class NightlyTimer(
    RosterPipeline pipeline, MessageQueues queues, IConfiguration configuration, Heartbeats beats, TimeProvider time, ILogger<NightlyTimer> log)
    : CronTimer("NightlySchedule", "0 30 * * * *", configuration, beats, time, log)
{
    protected override async Task FireAsync(CancellationToken ct) => await queues.SendAsync(await pipeline.StartNightAsync(ct), ct);
}
