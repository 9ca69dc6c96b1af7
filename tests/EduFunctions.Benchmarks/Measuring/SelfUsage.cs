using System.Diagnostics;
using System.Text.Json;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>What a process says of itself at its end.</summary>
internal sealed record SelfUsage(double CpuSeconds, long PeakBytes)
{
    public static SelfUsage Read()
    {
        using var self = Process.GetCurrentProcess();
        return new SelfUsage(self.TotalProcessorTime.TotalSeconds, PeakMemory.Of(self));
    }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static SelfUsage Parse(string json) => JsonSerializer.Deserialize<SelfUsage>(json)!;
}
