using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace EduFunctions.Benchmarks.Measuring;

/// <summary>How long the steps of a candidate took, by name. Steps that run at once overlap: they sum up to more than the whole.</summary>
internal sealed class Steps
{
    private readonly ConcurrentDictionary<string, double> _milliseconds = [];

    public T Measure<T>(string name, Func<T> step)
    {
        var started = Stopwatch.GetTimestamp();
        var result = step();
        Add(name, started);
        return result;
    }

    public async Task<T> MeasureAsync<T>(string name, Task<T> step)
    {
        var started = Stopwatch.GetTimestamp();
        var result = await step;
        Add(name, started);
        return result;
    }

    /// <summary>By hand, since it is made before the candidate's own time is read.</summary>
    public string ToJson() => $"{{{string.Join(',', _milliseconds.Select(step => string.Create(CultureInfo.InvariantCulture, $"\"{step.Key}\":{step.Value:0.0}")))}}}";

    public static IReadOnlyDictionary<string, double> Parse(string json) => JsonSerializer.Deserialize<Dictionary<string, double>>(json)!;

    private void Add(string name, long started)
    {
        var took = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        _milliseconds.AddOrUpdate(name, took, (_, before) => before + took);
    }
}
