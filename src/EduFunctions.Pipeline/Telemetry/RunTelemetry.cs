using System.Diagnostics;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using Microsoft.Extensions.Logging;

namespace EduFunctions.Pipeline.Telemetry;

/// <summary>Measures what run records say. A dry run is told of, but not measured: it is nobody's night.</summary>
public sealed class RunTelemetry(Discretion discretion, ILogger<RunTelemetry> log) : IRunObserver
{
    private const string Persons = "persons";

    public Task ChangedAsync(RunRecord? before, RunRecord run)
    {
        if (run.IsFinal && before is not { IsFinal: true })
        {
            log.Log(Level(run.State), "{Tenant} {Run} is {State}: {Reason}", run.Tenant, run.Run, run.State, discretion.Tell(run.Tenant, run.StateReason ?? "as it should be"));
        }

        if (!run.DryRun)
        {
            Measure(before, run);
        }

        return Task.CompletedTask;
    }

    private static void Measure(RunRecord? before, RunRecord run)
    {
        if (before?.Counts is null && run.Counts is not null)
        {
            MeasurePeople(run);
        }

        foreach (var feed in run.Feeds.Where(feed => feed.State is not null && before?.Feeds.FirstOrDefault(earlier => earlier.Name == feed.Name)?.State is null))
        {
            MeasureFeed(run.Tenant, feed);
        }

        if (run.IsFinal && before is not { IsFinal: true })
        {
            MeasureEnd(run);
        }
    }

    private static void MeasurePeople(RunRecord run)
    {
        var tenant = Tag("tenant", run.Tenant);
        var counts = run.Counts!;
        if (run.Pull is { } pull)
        {
            // A source without such a collection has its people by institution.
            PipelineMetrics.PeopleIn.Record(pull.TryGetValue(Persons, out var persons) ? persons.Distinct : pull.Values.Sum(each => each.Distinct), tenant);
        }

        PipelineMetrics.PeopleOut.Record(counts.Students, tenant, Tag("role", "student"));
        PipelineMetrics.PeopleOut.Record(counts.Staff, tenant, Tag("role", "staff"));
        PipelineMetrics.PeopleOut.Record(counts.Guardians, tenant, Tag("role", "guardian"));
        foreach (var (rule, count) in run.Exclusions ?? new Dictionary<string, int>())
        {
            PipelineMetrics.Exclusions.Record(count, tenant, Tag("rule", rule));
        }
    }

    private static void MeasureFeed(string tenant, FeedRun feed)
    {
        TagList tags = [Tag("tenant", tenant), Tag("feed", feed.Name), Tag("type", feed.Type)];
        if (feed.State is not (ReceiptState.Failed or ReceiptState.Held or ReceiptState.SkippedUnchanged))
        {
            PipelineMetrics.BytesOut.Add(feed.Files.Sum(file => file.Bytes), tags);
        }

        tags.Add(Tag("state", Word(feed.State!)));
        PipelineMetrics.Deliveries.Add(1, tags);
        foreach (var hold in feed.Holds.CountBy(hold => hold.Code))
        {
            PipelineMetrics.Holds.Add(hold.Value, Tag("tenant", tenant), Tag("feed", feed.Name), Tag("cause", Word(hold.Key)));
        }
    }

    private static void MeasureEnd(RunRecord run)
    {
        TagList tags = [Tag("tenant", run.Tenant), Tag("state", Word(run.State)), Tag("trigger", Word(run.Trigger))];
        PipelineMetrics.Runs.Add(1, tags);
        PipelineMetrics.RunDuration.Record((run.Finished - run.Started)?.TotalSeconds ?? 0, tags);
        foreach (var stage in run.Stages.Where(stage => stage.Finished is not null))
        {
            PipelineMetrics.StageDuration.Record((stage.Finished! - stage.Started).Value.TotalSeconds, Tag("tenant", run.Tenant), Tag("stage", stage.Name));
        }
    }

    private static LogLevel Level(RunState state) => state switch
    {
        RunState.Failed => LogLevel.Error,
        RunState.Held or RunState.DeliveredWithErrors => LogLevel.Warning,
        _ => LogLevel.Information,
    };

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    /// <summary>As in run records.</summary>
    private static string Word(Enum value) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());
}
