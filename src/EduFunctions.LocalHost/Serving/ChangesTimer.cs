using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Pulls what has changed of the tenants whose sources tell it, where the settings say so.</summary>
internal sealed class ChangesTimer(
    RosterPipeline pipeline, MessageQueues queues, IConfiguration configuration, Heartbeats beats, TimeProvider time, ILogger<ChangesTimer> log)
    : CronTimer("ChangesSchedule", "0 50 * * * *", configuration, beats, time, log)
{
    protected override async Task FireAsync(CancellationToken ct) => await queues.SendAsync(await pipeline.StartChangesAsync(ct), ct);
}
