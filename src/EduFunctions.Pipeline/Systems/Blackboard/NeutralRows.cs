using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Protection;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Courses that Learn has under a name that tells of somebody by now, called otherwise and with everything else as it is, in a file that is stored whatever the
/// operation: what stands in no other file keeps its name, in use or disabled.
/// </summary>
internal sealed class NeutralRows(LearnObject kind, BlackboardSettings settings, LearnRow learnRow, FeedInput input, FeedFiles files) : IDisposable
{
    private readonly CleanText _text = settings.CleanText();
    private CsvWriter? _rows;

    public bool Applies(KnownRow row)
    {
        foreach (var column in kind == LearnObject.Course && row.HasValues ? kind.Values : [])
        {
            if (IsTelling(column, row.Value(column.Name)))
            {
                return true;
            }
        }

        return false;
    }

    public void Write(KnownRow row, ReadOnlySpan<byte> status)
    {
        _rows ??= LearnFileWriter.Open(
            files.Create(kind.NeutralFile), settings,
            [.. kind.Keys.Concat(kind.Values).Select(column => column.Name), LearnObject.RowStatus, .. LearnFileWriter.SourceColumn(settings)]);
        _rows.Value(row.First);
        foreach (var column in kind.Values)
        {
            var value = _text.Clean(row.Value(column.Name));
            _rows.Value(IsTelling(column, value) ? learnRow.NeutralOf(column, row.First) : value);
        }

        _rows.Value(status);
        learnRow.WriteSource(_rows, row);
        _rows.EndRow();
    }

    public void Dispose() => _rows?.Dispose();

    /// <summary>A number or a uuid is not read like a text, and the product's own words are nobody's.</summary>
    private bool IsTelling(LearnColumn column, ReadOnlySpan<byte> value) => LearnObject.Columns.KindOf(column.Name) switch
    {
        PartKind.Own => false,
        PartKind.Key when OpaqueKey.Is(value) => false,
        _ => input.IsTelling(value),
    };
}
