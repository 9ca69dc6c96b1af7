using System.Diagnostics;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.Pipeline.Telemetry;

/// <summary>
/// One trace per run, whichever hosts its stages run on: planning begins it, the run record carries its name, every stage is a span of it.
/// The spans of a host around a stage, one per message, are linked.
/// </summary>
internal static class RunTrace
{
    private static readonly ActivitySource Source = new(PipelineMetrics.Name);

    /// <summary>A trace of its own, also within a host's; null when nobody listens.</summary>
    public static Activity? Begin(string tenant)
    {
        var host = Activity.Current;
        Activity.Current = null;
        var start = Source.StartActivity("plan", ActivityKind.Consumer, parentContext: default, [new("tenant", tenant)], Links(host));
        Activity.Current = start ?? host;
        return start;
    }

    /// <summary>Names the run that was begun; where none was, there is no trace either.</summary>
    public static void Name(Activity? start, RunRecord run, bool isNew)
    {
        start?.SetTag("run", run.Run);
        if (start is not null && !isNew)
        {
            start.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        }
    }

    public static Activity? Continue(string stage, RunRecord run, string? feed)
    {
        ActivityContext.TryParse(run.TraceParent, null, isRemote: true, out var start);
        var span = Source.StartActivity(stage, ActivityKind.Consumer, start, [new("tenant", run.Tenant), new("run", run.Run)], Links(Activity.Current));
        return feed is null ? span : span?.SetTag("feed", feed);
    }

    private static ActivityLink[] Links(Activity? host) => host is null ? [] : [new ActivityLink(host.Context)];
}
