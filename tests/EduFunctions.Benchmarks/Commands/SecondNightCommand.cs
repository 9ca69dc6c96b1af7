using System.CommandLine;
using System.Globalization;
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
        var noRepeats = NightOptions.NoRepeats();
        var command = new Command("second-night", "A night that changes one person in a thousand against a first night.") { persons, feeds, noRepeats, rounds, RawResults.Option() };
        command.SetAction(async (parsed, ct) =>
        {
            var setup = new NightSetup(1, parsed.GetValue(persons), NightOptions.NamesOf(parsed.GetValue(feeds)!), !parsed.GetValue(noRepeats));
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
            $"{setup.Persons:N0} persons, {string.Join(", ", setup.Feeds)}, medians of {pairs.Count}", "", "night", "wall s", "cpu s", "calls of the storage", "MB to it", "MB from it");
        Add(table, "all", pairs, NightStep.Of);
        foreach (var stage in pairs[0].First.Calls.Select(call => call.Stage).Distinct())
        {
            Add(table, stage, pairs, night => NightStep.Of(night.Calls.Where(call => call.Stage == stage)));
        }

        AnsiConsole.Write(table);
        ShowBlobs(pairs[^1]);
        Console.WriteLine($"Peak MB: {Median.Of(pairs.Select(pair => pair.First.PeakBytes / 1e6)):0}, {Median.Of(pairs.Select(pair => pair.Second.PeakBytes / 1e6)):0}");
        Console.WriteLine($"Second over first, wall: {Each(pairs, night => night.Seconds)}; cpu: {Each(pairs, night => night.CpuSeconds)}");
    }

    /// <summary>What most of the bytes belong to, in the last round.</summary>
    private static void ShowBlobs(NightPair pair)
    {
        const int Shown = 15;
        var table = Tables.New("Blobs that most bytes were of", "", "blob", "first: calls", "MB to it", "MB from it", "second: calls", "MB to it", "MB from it");
        var names = pair.Second.Calls.Concat(pair.First.Calls).SelectMany(call => call.Storage.Blobs!.Select(blob => (call.Stage, Blob: blob.Key))).Distinct();
        var rows = names.Select(name => (name.Stage, name.Blob, First: Traffic(pair.First, name.Stage, name.Blob), Second: Traffic(pair.Second, name.Stage, name.Blob)));
        foreach (var (stage, blob, first, second) in rows.OrderByDescending(row => row.Second.BytesUp + row.Second.BytesDown).Take(Shown))
        {
            table.AddRow([stage, blob, .. Cells(first), .. Cells(second)]);
        }

        AnsiConsole.Write(table);
    }

    private static BlobTraffic Traffic(TimedNight night, string stage, string blob) => night.Calls
        .Where(call => call.Stage == stage)
        .Select(call => call.Storage.Blobs!.GetValueOrDefault(blob))
        .Aggregate(new BlobTraffic(0, 0, 0), (sum, traffic) => traffic is null ? sum : sum.And(traffic));

    private static IEnumerable<string> Cells(BlobTraffic traffic) => [$"{traffic.Calls}", $"{traffic.BytesUp / 1e6:0.0}", $"{traffic.BytesDown / 1e6:0.0}"];

    private static string Each(List<NightPair> pairs, Func<TimedNight, double> figure) => string.Join(", ", pairs.Select(pair => $"{figure(pair.Second) / figure(pair.First):0.00}"));

    private static void Add(Table table, string name, List<NightPair> pairs, Func<TimedNight, NightStep> step)
    {
        var (first, second) = (pairs.Select(pair => step(pair.First)).ToList(), pairs.Select(pair => step(pair.Second)).ToList());
        table.AddRow([name, "first", .. Cells(first)]);
        table.AddRow(["", "second", .. Cells(second)]);
        table.AddRow(["", "ratio", .. Cells([.. first.Zip(second, NightStep.Ratio)], "0.00")]);
    }

    private static IEnumerable<string> Cells(List<NightStep> steps, string? format = null)
    {
        (Func<NightStep, double> Figure, string Format)[] columns =
            [(step => step.Wall, "0.00"), (step => step.Cpu, "0.00"), (step => step.Calls, "0"), (step => step.Up, "0.0"), (step => step.Down, "0.0")];
        return columns.Select(column => Median.Of(steps.Select(column.Figure)).ToString(format ?? column.Format, CultureInfo.InvariantCulture));
    }

    /// <summary>A stage's calls together, from the first one's beginning to the last one's end; or the whole night.</summary>
    private sealed record NightStep(double Wall, double Cpu, double Calls, double Up, double Down)
    {
        public static NightStep Of(TimedNight night) =>
            new(night.Seconds, night.CpuSeconds, night.Storage!.Total, night.Storage.BytesUp / 1e6, night.Storage.BytesDown / 1e6);

        public static NightStep Ratio(NightStep first, NightStep second) =>
            new(second.Wall / first.Wall, second.Cpu / first.Cpu, second.Calls / first.Calls, second.Up / first.Up, second.Down / first.Down);

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
