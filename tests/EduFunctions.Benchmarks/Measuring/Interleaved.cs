using System.Diagnostics;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>Times several ways of doing one thing in turn, round after round, after one round that does not count.</summary>
internal static class Interleaved
{
    /// <param name="ways">Each gets the number of the round.</param>
    public static async Task<IReadOnlyDictionary<string, TimeSpan>> MediansAsync(
        IReadOnlyList<(string Name, Func<int, Task> Run)> ways, int rounds)
    {
        var times = ways.ToDictionary(way => way.Name, _ => new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            foreach (var (name, run) in ways)
            {
                var started = Stopwatch.GetTimestamp();
                await run(round);
                if (round > 0)
                {
                    times[name].Add(Stopwatch.GetElapsedTime(started).Ticks);
                }
            }
        }

        return times.ToDictionary(entry => entry.Key, entry => TimeSpan.FromTicks((long)Median.Of(entry.Value)));
    }
}
