using System.Diagnostics.Metrics;

namespace EduFunctions.Pipeline.Telemetry;

/// <summary>What can be measured of nights, by tenant (docs/operations.md). Counts and names of rules, never a person.</summary>
internal static class PipelineMetrics
{
    /// <summary>Of the meter, and of the source of traces.</summary>
    public const string Name = "EduFunctions";

    private static readonly Meter Meter = new(Name);

    public static readonly Gauge<int> PeopleIn = Meter.CreateGauge<int>("edufunctions.people.in", "{person}", "Persons that the source handed out.");

    public static readonly Gauge<int> PeopleOut = Meter.CreateGauge<int>("edufunctions.people.out", "{person}", "Persons in the roster, by role.");

    public static readonly Gauge<int> Exclusions = Meter.CreateGauge<int>("edufunctions.exclusions", "{entity}", "Entities left out, by rule.");

    public static readonly Counter<long> BytesIn = Meter.CreateCounter<long>("edufunctions.bytes.in", "By", "Length of the source's answers.");

    public static readonly Counter<long> BytesOut = Meter.CreateCounter<long>("edufunctions.bytes.out", "By", "Length of the files of delivered feeds.");

    public static readonly Counter<long> Deliveries = Meter.CreateCounter<long>("edufunctions.deliveries", "{feed}", "Feeds that came to their end, by state.");

    public static readonly Counter<long> Holds = Meter.CreateCounter<long>("edufunctions.holds", "{hold}", "What waits for an operator, by cause.");

    public static readonly Counter<long> Runs = Meter.CreateCounter<long>("edufunctions.runs", "{run}", "Runs that ended, by state.");

    public static readonly Counter<long> Poison = Meter.CreateCounter<long>("edufunctions.poison", "{message}", "Messages that failed for good, by queue.");

    public static readonly Counter<long> Alarms = Meter.CreateCounter<long>("edufunctions.alarms", "{alarm}", "Alarms to people, by kind and outcome.");

    public static readonly Counter<long> Watches = Meter.CreateCounter<long>("edufunctions.watches", "{watch}", "Times that somebody looked after the tenants.");

    public static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>("edufunctions.run.duration", "s", "From the start of a run to its end.");

    public static readonly Histogram<double> StageDuration = Meter.CreateHistogram<double>("edufunctions.stage.duration", "s", "From the first entry of a stage to its end.");

    public static readonly Gauge<double> Freshness = Meter.CreateGauge<double>("edufunctions.freshness", "h", "Age of the last good delivery, by feed.");

    public static readonly Gauge<double> PlannerAge = Meter.CreateGauge<double>("edufunctions.planner.age", "h", "Time since a night was last begun.");

    public static readonly Gauge<int> BudgetLeft = Meter.CreateGauge<int>("edufunctions.budget.left", "{call}", "Calls that a source still allows, by institution.");
}
