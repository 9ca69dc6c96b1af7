using System.Collections.Concurrent;
using System.Diagnostics;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Pipeline.Stages;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>The stages as a host calls them, and what each call took.</summary>
/// <param name="isAlone">Whether one call is made after the other, so that the process's peak is the call's.</param>
internal sealed class TimedStages(RosterPipeline pipeline, StorageMeter meter, bool isAlone)
{
    private readonly ConcurrentQueue<StageCall> _calls = new();
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly TimeSpan _cpuBefore = Environment.CpuUsage.TotalTime;

    public IReadOnlyList<StageCall> Calls => [.. _calls.OrderBy(call => call.Begun)];

    public Task<NextMessages> ExtractAsync(ExtractMessage message, CancellationToken ct) =>
        MeasureAsync(Queues.Extract, null, () => pipeline.ExtractAsync(message, ct));

    public Task<NextMessages> TransformAsync(TransformMessage message, CancellationToken ct) =>
        MeasureAsync(Queues.Transform, null, () => pipeline.TransformAsync(message, ct));

    public Task<NextMessages> ExportAsync(ExportMessage message, CancellationToken ct) =>
        MeasureAsync(Queues.Export, message.Feed, () => pipeline.ExportAsync(message, ct));

    private async Task<NextMessages> MeasureAsync(string stage, string? feed, Func<Task<NextMessages>> call)
    {
        if (isAlone)
        {
            PeakMemory.Restart();
        }

        var tally = meter.CountApart();
        var (begun, cpuBegun) = Now();
        var next = await call();
        var (ended, cpuEnded) = Now();
        using var self = Process.GetCurrentProcess();
        _calls.Enqueue(new StageCall(stage, feed, begun, ended, cpuBegun, cpuEnded, isAlone ? PeakMemory.Of(self) : null, tally.Count));
        return next;
    }

    private (double Wall, double Cpu) Now() =>
        (Math.Round(Stopwatch.GetElapsedTime(_began).TotalSeconds, 3), Math.Round((Environment.CpuUsage.TotalTime - _cpuBefore).TotalSeconds, 3));
}

/// <summary>One message's work. Times are seconds since the night began, processor times those of the whole process.</summary>
/// <param name="PeakBytes">The process's while it ran; null where others ran beside it.</param>
internal sealed record StageCall(string Stage, string? Feed, double Begun, double Ended, double CpuBegun, double CpuEnded, long? PeakBytes, StorageCount Storage)
{
    /// <summary>The stage, and of an export the feed.</summary>
    public string Name => Feed is null ? Stage : $"{Stage} {Feed}";
}
