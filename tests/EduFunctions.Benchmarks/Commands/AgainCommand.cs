using System.CommandLine;
using EduFunctions.Benchmarks.Candidates;
using EduFunctions.Benchmarks.Comparing;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Benchmarks.Pages;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary><c>again</c>: a second tenant in the same process against the first.</summary>
internal static class AgainCommand
{
    public static Command Create()
    {
        var persons = new Option<int>("--persons") { Description = "Persons of each of the two invented municipalities.", Required = true };
        var rounds = BenchmarkOptions.Rounds();
        var command = new Command("again", "A second tenant in the same process against the first.") { persons, rounds, RawResults.Option() };
        command.SetAction(async (parsed, ct) => await RawResults.SaveAsync(parsed, await RunAsync(parsed.GetValue(persons), parsed.GetValue(rounds), ct), null, ct));
        return command;
    }

    private static async Task<IReadOnlyList<TwoTurns>> RunAsync(int persons, int rounds, CancellationToken ct)
    {
        using var work = new WorkFolder(null);
        var pages = PageMaker.Make(persons, work.Fresh("pages"));
        await new Ours(pages, work.Fresh("previous")).PrepareAsync(ct);
        var turns = new List<TwoTurns>();
        for (var round = 0; round <= rounds; round++)
        {
            var load = Machine.Load();
            var output = await ChildProcess.RunAsync(CandidateCommands.Arguments(CandidateCommands.Again, pages, work.Fresh("out")), ct);
            var lines = output.TrimEnd().Split('\n');
            turns.Add(new TwoTurns(load, Turn.Parse(lines[0]), Turn.Parse(lines[1])));
        }

        // The first round is not counted, as in all comparisons.
        var counted = turns.Skip(1).ToList();
        var table = Tables.New($"two tenants of {persons:N0} persons, medians", "", "wall s", "cpu s");
        Add(table, "first", counted.Select(turn => turn.First));
        Add(table, "second", counted.Select(turn => turn.Second));
        Add(table, "second / first", counted.Select(turn => new Turn(turn.Second.WallSeconds / turn.First.WallSeconds, turn.Second.CpuSeconds / turn.First.CpuSeconds)));
        AnsiConsole.Write(table);
        return counted;
    }

    private static void Add(Table table, string name, IEnumerable<Turn> turns) => table.AddRow(
        name, $"{Median.Of(turns.Select(turn => turn.WallSeconds)):0.00}", $"{Median.Of(turns.Select(turn => turn.CpuSeconds)):0.00}");

    private sealed record TwoTurns(double Load, Turn First, Turn Second);
}
