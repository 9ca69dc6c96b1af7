using System.CommandLine;
using EduFunctions.Benchmarks.Candidates;
using EduFunctions.Benchmarks.Comparing;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Pages;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>scale</c>: how time and memory grow with the municipality.</summary>
internal static class ScaleCommand
{
    private static readonly int[] Sizes = [10_000, 100_000, 400_000, 1_000_000];

    public static Command Create()
    {
        var rounds = BenchmarkOptions.Rounds();
        var without = new Option<bool>("--without-duckdb") { Description = "Measures the bare walk and ours only." };
        var command = new Command("scale", "Growth from 10,000 to a million persons.") { rounds, without, RawResults.Option() };
        command.SetAction(async (parsed, ct) =>
        {
            string[] candidates = parsed.GetValue(without)
                ? [CandidateCommands.Floor, CandidateCommands.Ours]
                : [CandidateCommands.Floor, CandidateCommands.Ours, CandidateCommands.DuckDb];
            var results = new List<MeasuredRounds>();
            foreach (var persons in Sizes)
            {
                using var work = new WorkFolder(kept: null);
                var arena = new Arena(PageMaker.Make(persons, work.Fresh("pages")), work);
                results.Add(await arena.MeasureAsync(candidates, parsed.GetValue(rounds), Console.Error.WriteLine, ct));
            }

            AnsiConsole.Write(Table(candidates, [.. results.Select(size => size.Medians)]));
            await RawResults.SaveAsync(parsed, results.Zip(Sizes, (size, persons) => size.Rounds.Select(round => new { persons, round.Load, round.Runs })).SelectMany(rounds => rounds), null, ct);
        });
        return command;
    }

    private static Table Table(string[] candidates, List<IReadOnlyDictionary<string, Measurement>> results)
    {
        var table = Tables.New("Medians; × is growth over the row above", "persons", "", "wall s", "×", "cpu s", "peak MB", "ours / it");
        foreach (var (at, medians) in results.Index())
        {
            foreach (var candidate in candidates)
            {
                var its = medians[candidate];
                table.AddRow(
                    $"{Sizes[at]:N0}", candidate, Tables.Seconds(its.Wall), at == 0 ? "" : $"{its.Wall / results[at - 1][candidate].Wall:0.0}",
                    Tables.Seconds(its.Cpu), $"{its.PeakMegabytes:0}", $"{medians[CandidateCommands.Ours].Wall / its.Wall:0.00}");
            }
        }

        return table;
    }
}
