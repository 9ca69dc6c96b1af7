using System.Globalization;
using System.Reflection;
using DuckDB.NET.Data;
using EduFunctions.Benchmarks.Pages;

namespace EduFunctions.Benchmarks.Candidates;

/// <summary>
/// What else one would take: the same rules and files as SQL over the same pages, one embedded script per step. Values that only the data
/// tell, as the number of location columns, come from a script's SELECTs and are put into the scripts after it.
/// </summary>
internal static class DuckDb
{
    public static Task RunAsync(PageFolder pages, DirectoryInfo output, CancellationToken ct)
    {
        var values = new Dictionary<string, string>
        {
            ["pages"] = pages.Path,
            ["out"] = output.FullName,
            ["threads"] = Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture),
            ["today"] = PageFolder.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
        using var connection = new DuckDBConnection("Data Source=:memory:");
        connection.Open();
        foreach (var statement in Scripts().SelectMany(Statements))
        {
            ct.ThrowIfCancellationRequested();
            Run(connection, statement, values);
        }

        return Task.CompletedTask;
    }

    private static IEnumerable<string> Scripts() => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Statements(string script)
    {
        using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(script)!);
        return text.ReadToEnd().Split(";\n").Where(statement => !string.IsNullOrWhiteSpace(statement));
    }

    private static void Run(DuckDBConnection connection, string statement, Dictionary<string, string> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = values.Aggregate(statement, (text, value) => text.Replace($"{{{value.Key}}}", value.Value, StringComparison.Ordinal));
        using var rows = command.ExecuteReader();
        if (statement.TrimStart().StartsWith("SELECT", StringComparison.Ordinal) && rows.Read())
        {
            for (var column = 0; column < rows.FieldCount; column++)
            {
                values[rows.GetName(column)] = Convert.ToString(rows.GetValue(column), CultureInfo.InvariantCulture)!;
            }
        }
    }
}
