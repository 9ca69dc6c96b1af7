using System.Diagnostics;
using System.Reflection;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>This program once more, with another command: so that each candidate is measured with its own start, memory and end.</summary>
internal static class ChildProcess
{
    public static async Task<Measurement> MeasureAsync(IEnumerable<string> arguments, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(Start(arguments))!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        var wall = Stopwatch.GetElapsedTime(started);
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }

        var usage = SelfUsage.Parse(output.TrimEnd().Split('\n')[^1]);
        return new Measurement(wall, TimeSpan.FromSeconds(usage.CpuSeconds), usage.PeakBytes);
    }

    private static ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        IEnumerable<string> all = isHost ? [Assembly.GetExecutingAssembly().Location, .. arguments] : arguments;
        return new ProcessStartInfo(program, all) { RedirectStandardOutput = true };
    }
}
