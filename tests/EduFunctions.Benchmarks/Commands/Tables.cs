using System.Globalization;
using EduFunctions.Benchmarks.Candidates;
using EduFunctions.Benchmarks.Measuring;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary>Results for people.</summary>
internal static class Tables
{
    public static void Show(Comparison comparison, IEnumerable<string> candidates, IReadOnlyDictionary<string, Measurement> medians)
    {
        var table = New($"{comparison.Persons:N0} persons, medians", "", "wall s", "cpu s", "peak MB", "ours / it");
        foreach (var candidate in candidates)
        {
            var its = medians[candidate];
            table.AddRow(candidate, Seconds(its.Wall), Seconds(its.Cpu), $"{its.PeakMegabytes:0}", $"{medians[CandidateCommands.Ours].Wall / its.Wall:0.00}");
        }

        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(comparison.Equal ? "All files are equal." : "The files differ.");
    }

    public static Table New(string title, params IEnumerable<string> columns)
    {
        var table = new Table().Title(title);
        foreach (var (at, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(column) { Alignment = at == 0 ? Justify.Left : Justify.Right });
        }

        return table;
    }

    public static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture);
}
