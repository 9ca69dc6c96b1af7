using System.Globalization;
using Spectre.Console;

namespace EduFunctions.Benchmarks.Commands;

/// <summary>Results for people.</summary>
internal static class Tables
{
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
