using System.Diagnostics;
using System.Text.Json;
using EduFunctions.Benchmarks.Pages;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>One tenant after the other in one process, as in a host: the second finds everything compiled and the memory there.</summary>
internal sealed class Again(PageFolder pages, DirectoryInfo output)
{
    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var name in (string[])["first", "second"])
        {
            var (started, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await new Ours(pages, output.CreateSubdirectory(name), protects: true).RunAsync(ct);
            Console.WriteLine(new Turn(Stopwatch.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds).ToJson());
        }
    }
}

/// <summary>What one tenant took.</summary>
internal sealed record Turn(double WallSeconds, double CpuSeconds)
{
    public string ToJson() => JsonSerializer.Serialize(this);

    public static Turn Parse(string json) => JsonSerializer.Deserialize<Turn>(json)!;
}
