namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>Rows that take something away. The form wants every required column of them, too: references and words stay, texts are nobody's.</summary>
internal static class OneRosterRemoval
{
    public const string Status = "tobedeleted";

    private const string NobodysText = "deleted";

    /// <summary>What of a row is needed to take it away one day.</summary>
    public static IEnumerable<string> Needed(CsvFile file, string[] row) => NeededColumns(file).Select(column => row[FormRow.Place(file, column.Name)]);

    /// <param name="needed">What was kept of the row.</param>
    public static string[] Of(CsvFile file, string id, IReadOnlyList<string> needed)
    {
        var row = FormRow.Of(file, ("sourcedId", id));
        foreach (var column in file.Columns.Where(column => column is { IsRequired: true, Kind: ValueKind.Text }))
        {
            row[FormRow.Place(file, column.Name)] = column.Name == "username" ? id : NobodysText;
        }

        foreach (var (column, value) in NeededColumns(file).Zip(needed))
        {
            row[FormRow.Place(file, column.Name)] = column.Kind == ValueKind.Flag ? "false" : value;
        }

        return row;
    }

    /// <summary>Whether a row of a file takes something away.</summary>
    public static bool Is(ReadOnlySpan<byte> row) => row.IndexOf((byte)',') is > 0 and var comma && row[(comma + 1)..].StartsWith("tobedeleted,"u8);

    private static IEnumerable<CsvColumn> NeededColumns(CsvFile file) =>
        file.Columns.Where(column => column is { IsRequired: true, Kind: not (ValueKind.Text or ValueKind.Id) });
}
