using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Courses that Learn has under a name that tells of somebody by now, called otherwise and with everything else as it is, in a file that is stored whatever the
/// operation: what stands in no other file keeps its name, in use or disabled.
/// </summary>
internal sealed class NeutralRows(LearnObject kind, BlackboardSettings settings, FeedInput input, FeedFiles files) : IDisposable
{
    private readonly CleanText _text = settings.CleanText();
    private CsvWriter? _rows;

    public bool Applies(KnownRow row)
    {
        foreach (var column in kind == LearnObject.Course && row.HasValues ? kind.Values : [])
        {
            if (input.IsTelling(row.Value(column.Name)))
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
            _rows.Value(!input.IsTelling(value) ? value : column.Name == LearnObject.CourseId ? row.First : NameOf(row.First));
        }

        _rows.Value(status);
        if (settings.DataSourceKeyBytes is { } source)
        {
            _rows.Value(row.Has(LearnObject.DataSourceKey) ? row.Value(LearnObject.DataSourceKey) : source);
        }

        _rows.EndRow();
    }

    public void Dispose() => _rows?.Dispose();

    private ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> key) => EntityId.TryFind(key, out var id) ? Encoding.UTF8.GetBytes(input.Neutral.Group(id)) : key;
}
