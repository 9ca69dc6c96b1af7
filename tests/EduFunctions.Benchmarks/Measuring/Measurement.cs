using System.Text.Json.Serialization;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>One run of a whole process.</summary>
/// <param name="Cpu">User and system time.</param>
/// <param name="PeakBytes">The most memory it held at once.</param>
internal sealed record Measurement(TimeSpan Wall, TimeSpan Cpu, long PeakBytes)
{
    [JsonIgnore]
    public double PeakMegabytes => PeakBytes / 1e6;

    /// <summary>Each figure's own median.</summary>
    public static Measurement MedianOf(IReadOnlyCollection<Measurement> runs) => new(
        TimeSpan.FromTicks((long)Median.Of(runs.Select(run => (double)run.Wall.Ticks))),
        TimeSpan.FromTicks((long)Median.Of(runs.Select(run => (double)run.Cpu.Ticks))),
        (long)Median.Of(runs.Select(run => (double)run.PeakBytes)));
}
