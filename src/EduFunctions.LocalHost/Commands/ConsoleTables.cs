using System.Globalization;
using System.Text.Json;
using Spectre.Console;

namespace EduFunctions.LocalHost.Commands;

/// <summary>Tables for people, on a terminal of 80 columns as well as in a file.</summary>
internal static class ConsoleTables
{
    private const int WidthInAFile = 180;
    private const int NarrowBelow = 120;
    private const int HashShown = 12;

    public static IAnsiConsole Open()
    {
        if (Console.IsOutputRedirected)
        {
            AnsiConsole.Profile.Width = WidthInAFile;
        }

        return AnsiConsole.Console;
    }

    /// <summary>Whether some columns have to stay away, so that the others can be read.</summary>
    public static bool IsNarrow(this IAnsiConsole console) => console.Profile.Width < NarrowBelow;

    /// <param name="columns">Null for one that stays away.</param>
    public static Table Titled(string title, params IEnumerable<string?> columns)
    {
        var table = new Table { Title = new TableTitle(title), Border = TableBorder.Simple };
        foreach (var column in columns.OfType<string>())
        {
            table.AddColumn(new TableColumn(column).Padding(0, 1));
        }

        return table;
    }

    /// <summary>A row; of a column that stays away the value is passed over.</summary>
    public static void Add(Table table, params IEnumerable<(object? Value, bool IsShown)> values) =>
        table.AddRow([.. values.Where(value => value.IsShown).Select(value => new Text(Told(value.Value)))]);

    public static void Add(Table table, params IEnumerable<object?> values) => Add(table, values.Select(value => (value, true)));

    /// <summary>A sentence, which a terminal may wrap and a program may read as one line.</summary>
    public static void Say(this IAnsiConsole console, string line) => console.Profile.Out.Writer.WriteLine(line);

    public static void WriteFilled(this IAnsiConsole console, Table table)
    {
        if (table.Rows.Count > 0)
        {
            console.Write(table);
        }
    }

    public static string Word<T>(T state)
        where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(state.ToString());

    /// <summary>As much of a hash as tells plans apart; where a hash is asked for, so much is enough.</summary>
    public static string Short(string hash) => hash[..Math.Min(HashShown, hash.Length)];

    private static string Told(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : "-";
}
