namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>A file of the form with its rows, in the order of their ids.</summary>
/// <param name="Rows">Values in the order of the file's columns.</param>
internal sealed record FormFile(CsvFile File, IEnumerable<string[]> Rows);

/// <summary>Values by their columns.</summary>
internal static class FormRow
{
    public static string[] Of(CsvFile file, params ReadOnlySpan<(string Column, string Value)> values)
    {
        var row = new string[file.Columns.Length];
        Array.Fill(row, "");
        foreach (var (column, value) in values)
        {
            row[Place(file, column)] = value;
        }

        return row;
    }

    public static int Place(CsvFile file, string column) => Array.FindIndex(file.Columns, one => one.Name == column);
}
