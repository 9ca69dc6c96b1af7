namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>What is wrong in a file, and where; never what stands there.</summary>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Field">Name of the column; empty for the whole line.</param>
/// <param name="IsFatal">Whether the file cannot be read for it; else the row alone is not understood.</param>
internal sealed record CsvError(string File, int Line, string Field, string Rule, bool IsFatal)
{
    public override string ToString() =>
        $"{File}.csv{(Line > 0 ? $" line {Line}" : "")}{(Field.Length > 0 ? $", {Field}" : "")}: {Rule}";
}

/// <summary>A file that cannot be read on.</summary>
internal sealed class CsvFileException(CsvError error, Exception? inner = null) : Exception(error.ToString(), inner)
{
    public CsvError Error { get; } = error;
}
