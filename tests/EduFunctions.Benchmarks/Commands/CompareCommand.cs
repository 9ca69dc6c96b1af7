using System.CommandLine;
using EduFunctions.Benchmarks.Candidates;
using EduFunctions.Benchmarks.Comparing;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Pages;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>compare</c>: transform and feeds against the bare walk over the pages, and against DuckDB with equal results.</summary>
internal static class CompareCommand
{
    private static readonly string[] Candidates =
        [CandidateCommands.Gunzip, CandidateCommands.Floor, CandidateCommands.Ours, CandidateCommands.Protecting, CandidateCommands.DuckDb];

    public static Command Create()
    {
        var persons = new Option<int>("--persons") { Description = "Persons of the invented municipality.", Required = true };
        var rounds = BenchmarkOptions.Rounds();
        var keep = new Option<DirectoryInfo?>("--keep") { Description = "Folder in which pages and outputs stay." };
        var command = new Command("compare", "Transform and feeds against the bare walk and against DuckDB.") { persons, rounds, keep, RawResults.Option() };
        command.SetAction(async (parsed, ct) =>
        {
            var (comparison, measured) = await RunAsync(parsed.GetValue(persons), parsed.GetValue(rounds), parsed.GetValue(keep), ct);
            await RawResults.SaveAsync(parsed, measured.Rounds, comparison, ct);
            return comparison.Equal ? 0 : 1;
        });
        return command;
    }

    private static void Show(SpeedComparison comparison, IReadOnlyDictionary<string, Measurement> medians)
    {
        var table = Tables.New($"{comparison.Persons:N0} persons, medians", "", "wall s", "cpu s", "peak MB", "ours / it");
        foreach (var candidate in Candidates)
        {
            var its = medians[candidate];
            table.AddRow(
                candidate, Tables.Seconds(its.Wall), Tables.Seconds(its.Cpu), $"{its.PeakMegabytes:0}",
                $"{medians[CandidateCommands.Ours].Wall / its.Wall:0.00}");
        }

        AnsiConsole.Write(table);
    }

    private static void Show(Agreement agreement)
    {
        Console.WriteLine(agreement.IsEqual ? "All compared files are equal." : "The files differ.");
        if (agreement.Missing.Count > 0)
        {
            Console.WriteLine($"Written by DuckDB only, not compared: {string.Join(", ", agreement.Missing)}.");
        }

        foreach (var difference in agreement.Differences)
        {
            Console.WriteLine(difference);
        }
    }

    private static async Task<(SpeedComparison Comparison, MeasuredRounds Measured)> RunAsync(int persons, int rounds, DirectoryInfo? keep, CancellationToken ct)
    {
        using var work = new WorkFolder(keep);
        var pages = PageMaker.Make(persons, work.Fresh("pages"));
        var arena = new Arena(pages, work);
        var measured = await arena.MeasureAsync(Candidates, rounds, Console.Error.WriteLine, ct);
        var agreement = await arena.AgreementAsync(ct);
        var comparison = SpeedComparison.Of(persons, measured.Medians, agreement.IsEqual);
        Show(comparison, measured.Medians);
        Show(agreement);
        return (comparison, measured);
    }
}

/// <summary>What a comparison comes to.</summary>
/// <param name="OverDuckDb">Our wall time over DuckDB's.</param>
/// <param name="OverFloor">Our wall time over that of the bare walk.</param>
/// <param name="PeakMB">Our peak memory.</param>
/// <param name="Equal">Whether all files agree.</param>
internal sealed record SpeedComparison(int Persons, double OverDuckDb, double OverFloor, double PeakMB, bool Equal)
{
    public static SpeedComparison Of(int persons, IReadOnlyDictionary<string, Measurement> medians, bool equal)
    {
        var ours = medians[CandidateCommands.Ours];
        return new SpeedComparison(
            persons,
            Math.Round(ours.Wall / medians[CandidateCommands.DuckDb].Wall, 3),
            Math.Round(ours.Wall / medians[CandidateCommands.Floor].Wall, 3),
            Math.Round(ours.PeakMegabytes, 1),
            equal);
    }
}
