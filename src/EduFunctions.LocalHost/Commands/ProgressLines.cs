using System.Collections.Concurrent;
using System.Diagnostics;
using EduFunctions.Pipeline.Runs;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Shows on stderr how far the runs are: a line per subject, at most twice a second for one that moves fast.</summary>
internal sealed class ProgressLines : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>After this time without a line whoever waits is told that it is still waited for.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<string, (long Shown, ProgressEvent? Waiting)> _lines = new(StringComparer.Ordinal);
    private readonly RunProgress _progress;
    private readonly Timer _silence;
    private ProgressEvent? _last;

    public ProgressLines(RunProgress progress)
    {
        _progress = progress;
        _silence = new Timer(_ => SayStillWaiting(), null, Silence, Silence);
        _progress.Happened += Show;
    }

    public void Dispose()
    {
        _progress.Happened -= Show;
        _silence.Dispose();
        foreach (var (_, waiting) in _lines.Values)
        {
            Write(waiting);
        }
    }

    private void Show(ProgressEvent progress)
    {
        _last = progress;
        _silence.Change(Silence, Silence);
        _lines.AddOrUpdate(
            $"{progress.Run}/{progress.Subject}",
            _ => Write(progress),
            (_, line) => Stopwatch.GetElapsedTime(line.Shown) < Pause ? (line.Shown, progress) : Write(progress));
    }

    private void SayStillWaiting() => Console.Error.WriteLine(
        _last is { } last ? $"{last.Tenant,-14} {last.Subject,-14} was the last that is known; still waiting for an answer …" : "Still waiting for an answer …");

    private static (long Shown, ProgressEvent? Waiting) Write(ProgressEvent? progress)
    {
        if (progress is not null)
        {
            Console.Error.WriteLine($"{progress.Tenant,-14} {progress.Subject,-14} {progress.Message}");
        }

        return (Stopwatch.GetTimestamp(), null);
    }
}
