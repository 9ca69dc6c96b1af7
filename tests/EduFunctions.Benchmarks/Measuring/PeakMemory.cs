using System.Diagnostics;
using System.Globalization;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>The most memory that a process held at once.</summary>
internal static class PeakMemory
{
    public static long Of(Process process) => OperatingSystem.IsLinux() ? HighWaterMark(process.Id) : process.PeakWorkingSet64;

    /// <summary>Has this process's peak count from now on; where the system does not let it, it counts from the start.</summary>
    public static void Restart()
    {
        if (OperatingSystem.IsLinux())
        {
            File.WriteAllText("/proc/self/clear_refs", "5");
        }
    }

    // .NET gives no peak on Linux; the kernel's is in kilobytes.
    private static long HighWaterMark(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
