using System.Globalization;
using EduFunctions.Simulators.Unikum;
using Spectre.Console;

namespace EduFunctions.LocalHost.Demo;

/// <summary>What Unikum knows after its import, and what it complained of.</summary>
internal static class UnikumTable
{
    /// <returns>Whether every line was carried out.</returns>
    public static bool Show(UnikumReceiver unikum)
    {
        var table = new Table { Title = new TableTitle("What Unikum has imported"), Border = TableBorder.Rounded };
        table.AddColumns("Kind", "Known");
        foreach (var kind in new[] { "school", "class", "user" })
        {
            Add(table, kind, unikum.State.Objects(kind).Count);
        }

        foreach (var type in unikum.State.Relations.CountBy(relation => relation.Type).OrderBy(type => type.Key, StringComparer.Ordinal))
        {
            Add(table, type.Key, type.Value);
        }

        AnsiConsole.Write(table);
        var errors = unikum.Reports.SelectMany(report => report.Errors).ToList();
        errors.ForEach(Console.WriteLine);
        return errors.Count == 0;
    }

    private static void Add(Table table, string kind, int count) => table.AddRow(kind, count.ToString(CultureInfo.InvariantCulture));
}
