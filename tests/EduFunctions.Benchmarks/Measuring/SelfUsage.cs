using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>What a process says of itself at its end.</summary>
internal sealed record SelfUsage(double CpuSeconds, long PeakBytes)
{
    public static SelfUsage Read()
    {
        using var self = Process.GetCurrentProcess();
        return new SelfUsage(self.TotalProcessorTime.TotalSeconds, OperatingSystem.IsLinux() ? HighWaterMark() : self.PeakWorkingSet64);
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static SelfUsage Parse(string json) => JsonSerializer.Deserialize<SelfUsage>(json)!;

    // .NET gives no peak on Linux; the kernel's is in kilobytes.
    private static long HighWaterMark()
    {
        var line = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
