namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>A file with its rows, in the order of their keys.</summary>
/// <param name="Rows">Values in the order of the file's columns.</param>
internal sealed record SdsTable(SdsFile File, IEnumerable<string[]> Rows)
{
    public IEnumerable<string[]> WithHeader => Rows.Prepend([.. File.Columns.Select(column => column.Name)]);
}
