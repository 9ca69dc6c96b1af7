using System.CommandLine;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Nights;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>second-night</c>: a night in which one person in a thousand has changed against the first one, from the source's pages to the receipts.</summary>
internal static class SecondNightCommand
{
    private static readonly NightWay First = new(IsServed: false, IsOneByOne: false, Day: 0);

    public static Command Create()
    {
        var persons = new Option<int>("--persons") { Description = "Persons of the invented municipality.", Required = true };
        var feeds = NightOptions.Feeds("apple", "unikum");
        var rounds = BenchmarkOptions.Rounds();
        var command = new Command("second-night", "A night that changes one person in a thousand against a first night.") { persons, feeds, rounds, RawResults.Option() };
        command.SetAction(async (parsed, ct) =>
        {
            var setup = new NightSetup(1, parsed.GetValue(persons), NightOptions.NamesOf(parsed.GetValue(feeds)!));
            var pairs = new List<NightPair>();
            for (var round = 1; round <= parsed.GetValue(rounds); round++)
            {
                pairs.Add(await NightTown.VisitAsync(
                    setup, null, town => town.TwoNightsAsync(isSecond => town.NightAsync(First with { Day = isSecond ? 1 : 0 }, ct)), ct));
                Console.Error.WriteLine($"round {round}: {pairs[^1].First.Seconds:0.0} s, {pairs[^1].Second.Seconds:0.0} s, load {pairs[^1].Load:0.0}");
            }

            Show(setup, pairs);
            await RawResults.SaveAsync(parsed, pairs, null, ct);
        });
        return command;
    }

    private static void Show(NightSetup setup, List<NightPair> pairs)
    {
        var table = Tables.New(
            $"{setup.Persons:N0} persons, {string.Join(", ", setup.Feeds)}, medians of {pairs.Count}",
            "", "first: wall s", "cpu s", "calls", "MB up", "MB down", "second: wall s", "cpu s", "calls", "MB up", "MB down", "wall, second / first");
        Add(table, "all", pairs, NightStep.Of);
        foreach (var stage in pairs[0].First.Calls.Select(call => call.Stage).Distinct())
        {
            Add(table, stage, pairs, night => NightStep.Of(night.Calls.Where(call => call.Stage == stage)));
        }

        AnsiConsole.Write(table);
        var peaks = pairs.Select(pair => (First: pair.First.PeakBytes / 1e6, Second: pair.Second.PeakBytes / 1e6)).ToList();
        Console.WriteLine($"Peak MB: {Median.Of(peaks.Select(peak => peak.First)):0}, {Median.Of(peaks.Select(peak => peak.Second)):0}");
        Console.WriteLine($"Wall, second over first, of each: {string.Join(", ", pairs.Select(pair => $"{pair.Second.Seconds / pair.First.Seconds:0.00}"))}");
    }

    private static void Add(Table table, string name, List<NightPair> pairs, Func<TimedNight, NightStep> step)
    {
        var (first, second) = (pairs.Select(pair => step(pair.First)).ToList(), pairs.Select(pair => step(pair.Second)).ToList());
        var ratio = Median.Of(first.Zip(second, (before, after) => after.Wall / before.Wall));
        table.AddRow([name, .. Cells(first), .. Cells(second), $"{ratio:0.00}"]);
    }

    private static IEnumerable<string> Cells(List<NightStep> steps) =>
    [
        $"{Median.Of(steps.Select(step => step.Wall)):0.00}", $"{Median.Of(steps.Select(step => step.Cpu)):0.00}", $"{Median.Of(steps.Select(step => (double)step.Calls)):0}",
        $"{Median.Of(steps.Select(step => step.Up)):0.0}", $"{Median.Of(steps.Select(step => step.Down)):0.0}",
    ];

    /// <summary>A stage's calls together, from the first one's beginning to the last one's end; or the whole night.</summary>
    private sealed record NightStep(double Wall, double Cpu, long Calls, double Up, double Down)
    {
        public static NightStep Of(TimedNight night) =>
            new(night.Seconds, night.CpuSeconds, night.Storage!.Total, night.Storage.BytesUp / 1e6, night.Storage.BytesDown / 1e6);

        public static NightStep Of(IEnumerable<StageCall> some)
        {
            var calls = some.ToList();
            return new NightStep(
                calls.Max(call => call.Ended) - calls.Min(call => call.Begun),
                calls.Max(call => call.CpuEnded) - calls.Min(call => call.CpuBegun),
                calls.Sum(call => call.Storage.Total),
                calls.Sum(call => call.Storage.BytesUp) / 1e6,
                calls.Sum(call => call.Storage.BytesDown) / 1e6);
        }
    }
}
