using System.Globalization;

namespace EduFunctions.Simulators.Unikum;

/// <summary>Reads the object file line by line; existing objects are overwritten.</summary>
internal sealed class PrincipalImport(UnikumOptions options, UnikumState state, UnikumReport report, string file)
{
    private const int SchoolForm = 3;

    private static readonly Dictionary<string, (int Columns, int Id, int[] Required)> Kinds = new()
    {
        ["school"] = (15, 0, [0, 2, SchoolForm]),
        ["class"] = (7, 0, [0, 1]),
        ["user"] = (19, 3, [0, 1, 3]),
    };

    private static readonly HashSet<string> SchoolForms =
    [
        "se.forskoleverksamhet.forskola", "se.grundskoleutbildning.grundskola", "se.grundskoleutbildning.sarskola.grundsarskola",
        "se.gymnasieutbildning.gymnasieskola", "se.vuxenutbildning",
    ];

    private readonly HashSet<(string Kind, string Id)> _seen = [];

    public void Read(string[] lines)
    {
        for (var number = 1; number <= lines.Length; number++)
        {
            var columns = lines[number - 1].Split('\t');
            if (Refusal(columns) is { } refusal)
            {
                report.Error(file, number, refusal);
                continue;
            }

            state.Put(columns[^1], columns[Kinds[columns[^1]].Id], columns);
            report.Objects++;
        }
    }

    private string? Refusal(string[] columns)
    {
        if (!Kinds.TryGetValue(columns[^1], out var kind))
        {
            return $"\"{columns[^1]}\" is no kind of object";
        }

        if (columns.Length != kind.Columns)
        {
            return $"a {columns[^1]} has {kind.Columns} columns, not {columns.Length}";
        }

        return kind.Required.Any(column => columns[column].Length == 0) ? "a value is missing"
            : columns[^1] == "school" && !SchoolForms.Contains(columns[SchoolForm]) ? $"\"{columns[SchoolForm]}\" is no school form"
            : columns[^1] == "user" && options.CivicNumbers && !IsCivicNumber(columns[kind.Id]) ? "the civic number is wrong"
            : !_seen.Add((columns[^1], columns[kind.Id])) ? $"the {columns[^1]} stands in the file already"
            : null;
    }

    /// <summary>yyyymmdd-nnnn with a right check digit, or yyyymmdd-TFnn.</summary>
    private static bool IsCivicNumber(string id)
    {
        if (id.Length != 13 || id[8] != '-' || !id[..8].All(char.IsAsciiDigit))
        {
            return false;
        }

        if (id[9..11] == "TF")
        {
            return id[11..].All(char.IsAsciiDigit);
        }

        var digits = id[2..8] + id[9..];
        return digits.All(char.IsAsciiDigit)
            && digits.Index().Sum(digit => (digit.Item - '0') * (digit.Index % 2 == 0 ? 2 : 1) is var value ? (value / 10) + (value % 10) : 0) % 10 == 0
            && int.Parse(id[4..6], CultureInfo.InvariantCulture) is >= 1 and <= 12;
    }
}
