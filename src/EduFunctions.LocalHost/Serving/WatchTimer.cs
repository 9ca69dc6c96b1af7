using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Watching;

namespace EduFunctions.LocalHost.Serving;

/// <summary>Looks after the tenants every hour, whether there was a night or not.</summary>
internal sealed class WatchTimer(RosterPipeline pipeline, IConfiguration configuration, Heartbeats beats, TimeProvider time, ILogger<WatchTimer> log)
    : CronTimer("WatchSchedule", "0 10 * * * *", configuration, beats, time, log)
{
    protected override Task FireAsync(CancellationToken ct) => pipeline.WatchAsync(ct);
}
