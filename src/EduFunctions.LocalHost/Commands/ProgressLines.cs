using System.Collections.Concurrent;
using System.Diagnostics;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Shows on stderr how far the runs are: a line per subject, at most twice a second for one that moves fast.</summary>
internal sealed class ProgressLines : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<string, (long Shown, ProgressEvent? Waiting)> _lines = new(StringComparer.Ordinal);
    private readonly RunProgress _progress;

    public ProgressLines(RunProgress progress)
    {
        _progress = progress;
        _progress.Happened += Show;
    }

    public void Dispose()
    {
        _progress.Happened -= Show;
        foreach (var (_, waiting) in _lines.Values)
        {
            Write(waiting);
        }
    }

    private void Show(ProgressEvent progress) => _lines.AddOrUpdate(
        $"{progress.Run}/{progress.Subject}",
        _ => Write(progress),
        (_, line) => Stopwatch.GetElapsedTime(line.Shown) < Pause ? (line.Shown, progress) : Write(progress));

    private static (long Shown, ProgressEvent? Waiting) Write(ProgressEvent? progress)
    {
        if (progress is not null)
        {
            Console.Error.WriteLine($"{progress.Tenant,-14} {progress.Subject,-14} {progress.Message}");
        }

        return (Stopwatch.GetTimestamp(), null);
    }
}
