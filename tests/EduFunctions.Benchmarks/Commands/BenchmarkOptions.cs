using System.CommandLine;

namespace EduFunctions.Benchmarks.Commands;

/// <summary>Options that several commands take.</summary>
internal static class BenchmarkOptions
{
    public static Option<int> Rounds() => new("--rounds")
    {
        Description = "Interleaved rounds; the medians are shown.",
        DefaultValueFactory = _ => 3,
    };
}
