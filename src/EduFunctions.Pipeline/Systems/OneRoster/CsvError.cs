using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>What is wrong in a file, and where; never what stands there.</summary>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Field">Name of the column; empty for the whole line.</param>
/// <param name="IsFatal">Whether the file cannot be read for it; else the row alone is not understood.</param>
internal sealed record CsvError(string File, int Line, string Field, string Rule, bool IsFatal)
{
    [Told]
    public override string ToString() => (Line, Field) switch
    {
        (0, "") => $"{File}.csv: {Rule}",
        (0, _) => $"{File}.csv, {Field}: {Rule}",
        (_, "") => $"{File}.csv line {Line}: {Rule}",
        _ => $"{File}.csv line {Line}, {Field}: {Rule}",
    };
}

/// <summary>A file that cannot be read on.</summary>
internal sealed class CsvFileException(CsvError error, Exception? inner = null) : Exception(error.ToString(), inner)
{
    public CsvError Error { get; } = error;
}
