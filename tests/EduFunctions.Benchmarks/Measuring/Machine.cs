using System.Globalization;
using System.Runtime.InteropServices;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>What measured, without its name.</summary>
internal sealed record Machine(string Processor, int Cores, double MemoryGB, string System, string Runtime)
{
    public static Machine Here() => new(
        Find("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
        RuntimeInformation.OSDescription.Split(' ')[0],
        RuntimeInformation.FrameworkDescription);

    /// <summary>Processes that have run or wanted to within the last minute, on average; -1 where the system does not tell.</summary>
    public static double Load() => File.Exists("/proc/loadavg")
        ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture)
        : -1;

    private static string? Find(string file, string name) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
