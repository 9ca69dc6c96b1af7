using System.Diagnostics;
using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Simulation;

/// <summary>
/// Five nights of three tenants on two hosts with everything that can go wrong, and quiet nights after them: what the targets hold in the end is what an
/// undisturbed delivery would have brought. More seeds: <c>EDUFUNCTIONS_NIGHT_SEEDS=first-last</c>.
/// </summary>
[Trait(Level.Name, Level.Tools)]
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const string Usual = "1-3";

    [Fact]
    public async Task Whatever_goes_wrong_the_targets_hold_the_last_roster_in_the_end()
    {
        var seeds = (Environment.GetEnvironmentVariable("EDUFUNCTIONS_NIGHT_SEEDS") ?? Usual).Split('-');
        var lines = await PlayAsync(seeds[0], seeds[1]);

        Assert.DoesNotContain(lines, line => line.Contains("WRONG", StringComparison.Ordinal));
        Assert.Contains(", 0 failed, ", lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_seed_gives_the_same_nights_operation_by_operation()
    {
        var (one, other) = (PrintsOf(await PlayAsync("1", "3")), PrintsOf(await PlayAsync("1", "3")));

        Assert.Equal(3, one.Distinct().Count());
        Assert.Equal(one, other);
    }

    /// <summary>Operations of the second night, from its pull to its receipts; all of them: <c>freezes 160 310 1</c>.</summary>
    [Fact]
    public async Task A_host_that_stands_still_before_any_operation_changes_nothing_when_it_wakes_up()
    {
        var lines = await PlayAsync("freezes", "184", "296", "7");

        Assert.DoesNotContain(lines, line => line.Contains("WRONG", StringComparison.Ordinal));
        Assert.Contains(", 0 failed, ", lines[^1], StringComparison.Ordinal);
    }

    private static string[] PrintsOf(IEnumerable<string> lines) => [.. lines.Where(line => line.StartsWith("seed ", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];

    private async Task<string[]> PlayAsync(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SimulationTests).Assembly.Location, .. arguments]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await process.WaitForExitAsync();
        lines.ToList().ForEach(output.WriteLine);
        return lines;
    }
}
