using System.Diagnostics;
using System.Reflection;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>This program once more, with another command: so that each candidate is measured with its own start, memory and end.</summary>
internal static class ChildProcess
{
    public static async Task<Measurement> MeasureAsync(IEnumerable<string> arguments, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var output = await RunAsync(arguments, ct);
        var wall = Stopwatch.GetElapsedTime(started);
        var usage = SelfUsage.Parse(output.TrimEnd().Split('\n')[^1]);
        return new Measurement(wall, TimeSpan.FromSeconds(usage.CpuSeconds), usage.PeakBytes);
    }

    /// <returns>What it has said.</returns>
    public static async Task<string> RunAsync(IEnumerable<string> arguments, CancellationToken ct)
    {
        using var process = Process.Start(Start(arguments))!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }

    private static ProcessStartInfo Start(IEnumerable<string> arguments)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program).Equals("dotnet", StringComparison.OrdinalIgnoreCase);
        IEnumerable<string> all = isHost ? [Assembly.GetExecutingAssembly().Location, .. arguments] : arguments;
        return new ProcessStartInfo(program, all) { RedirectStandardOutput = true };
    }
}
