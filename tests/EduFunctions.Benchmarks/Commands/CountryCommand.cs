using System.CommandLine;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Nights;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>country</c>: how long a call of each stage takes, and how much memory, when all pupils, guardians and staff of a country are one tenant.</summary>
internal static class CountryCommand
{
    private const double MostSeconds = 600;
    private const double MostMegabytes = 2500;

    private static readonly NightWay First = new(IsServed: false, IsOneByOne: true, Day: 0);

    public static Command Create()
    {
        var persons = new Option<int>("--persons") { Description = "Persons of the country.", DefaultValueFactory = _ => 5_000_000 };
        var sizes = new Option<int[]>("--sizes")
        {
            Description = "Sizes that are measured, growing; what they are not is computed by the growth between the last two.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [250_000, 500_000, 1_000_000, 2_000_000],
        };
        var feeds = NightOptions.Feeds("apple");
        var noRepeats = NightOptions.NoRepeats();
        var command = new Command("country", "Stage calls of one very large tenant, measured or by growth.") { persons, sizes, feeds, noRepeats, RawResults.Option() };
        command.SetAction(async (parsed, ct) =>
        {
            var measured = new List<MeasuredCountry>();
            foreach (var size in parsed.GetValue(sizes)!.Order())
            {
                var setup = new NightSetup(1, size, NightOptions.NamesOf(parsed.GetValue(feeds)!), !parsed.GetValue(noRepeats));
                var pair = await NightTown.VisitAsync(
                    setup, null, town => town.TwoNightsAsync(isSecond => town.NightAsync(First with { Day = isSecond ? 1 : 0 }, ct)), ct);
                measured.Add(new MeasuredCountry(size, pair));
                Console.Error.WriteLine($"{size:N0} persons: {pair.First.Seconds:0.0} s, {pair.Second.Seconds:0.0} s, load {pair.Load:0.0}");
                await RawResults.SaveAsync(parsed, measured, null, ct);
            }

            await RawResults.SaveAsync(parsed, measured, Show(parsed.GetValue(persons), measured), ct);
        });
        return command;
    }

    /// <returns>What the country needs.</returns>
    private static List<CountryCall> Show(int persons, List<MeasuredCountry> measured)
    {
        var table = Tables.New("The longest call of each stage, and the process's peak during it", "persons", "", "first night: s", "cpu s", "MB", "second night: s", "cpu s", "MB");
        foreach (var (size, nights) in measured)
        {
            Add(table, $"{size:N0}", CallsOf(size, nights));
        }

        var country = ByGrowth(persons, measured);
        if (measured.TrueForAll(size => size.Persons != persons))
        {
            Add(table, $"{persons:N0}, extrapolated", country);
        }

        AnsiConsole.Write(table);
        var (longest, largest) = (country.Max(call => Math.Max(call.First.Seconds, call.Second.Seconds)), country.Max(call => Math.Max(call.First.Megabytes, call.Second.Megabytes)));
        Console.WriteLine($"{persons:N0} persons: longest call {longest:0} of {MostSeconds:0} s, peak {largest:0} of {MostMegabytes:0} MB.");
        return country;
    }

    private static void Add(Table table, string persons, IEnumerable<CountryCall> calls)
    {
        foreach (var call in calls)
        {
            table.AddRow([persons, call.Stage, .. Cells(call.First), .. Cells(call.Second)]);
        }
    }

    private static IEnumerable<string> Cells(CallCost cost) => [$"{cost.Seconds:0.0}", $"{cost.CpuSeconds:0.0}", $"{cost.Megabytes:0}"];

    private static List<CountryCall> CallsOf(int persons, NightPair nights) =>
        [.. nights.First.Calls.Select(call => call.Name).Distinct().Select(name => new CountryCall(persons, name, Longest(nights.First, name), Longest(nights.Second, name), IsMeasured: true))];

    private static CallCost Longest(TimedNight night, string name)
    {
        var calls = night.Calls.Where(call => call.Name == name).ToList();
        return new CallCost(calls.Max(call => call.Ended - call.Begun), calls.Max(call => call.CpuEnded - call.CpuBegun), calls.Max(call => call.PeakBytes ?? 0) / 1e6);
    }

    private static List<CountryCall> ByGrowth(int persons, List<MeasuredCountry> measured)
    {
        var last = CallsOf(measured[^1].Persons, measured[^1].Nights);
        if (measured[^1].Persons == persons || measured.Count == 1)
        {
            return last;
        }

        // So many times the growth from the last size but one to the last is still to come.
        var before = CallsOf(measured[^2].Persons, measured[^2].Nights);
        var times = (double)(persons - measured[^1].Persons) / (measured[^1].Persons - measured[^2].Persons);
        return [.. last.Zip(before, (now, then) => new CountryCall(persons, now.Stage, Grown(then.First, now.First, times), Grown(then.Second, now.Second, times), IsMeasured: false))];
    }

    private static CallCost Grown(CallCost before, CallCost last, double times) =>
        new(Grown(before.Seconds, last.Seconds, times), Grown(before.CpuSeconds, last.CpuSeconds, times), Grown(before.Megabytes, last.Megabytes, times));

    private static double Grown(double before, double last, double times) => Math.Round(last + (times * (last - before)), 3);

    private sealed record MeasuredCountry(int Persons, NightPair Nights);

    private sealed record CountryCall(int Persons, string Stage, CallCost First, CallCost Second, bool IsMeasured);

    private sealed record CallCost(double Seconds, double CpuSeconds, double Megabytes);
}
