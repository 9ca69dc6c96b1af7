using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>What rows of an object's files have in common.</summary>
internal sealed class LearnRow(LearnObject kind, BlackboardSettings settings, FeedInput input)
{
    private readonly byte[]? _source = settings.DataSourceKeyBytes;
    private readonly CleanText _text = settings.CleanText();

    public void WriteKeys(CsvWriter row, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        row.Value(first);
        if (kind.Keys.Count > 1)
        {
            row.Value(second);
        }
    }

    /// <summary>The data source the record lies in, which need not be today's.</summary>
    public void WriteSource(CsvWriter row, KnownRow left)
    {
        if (_source is not null)
        {
            row.Value(left.Has(LearnObject.DataSourceKey) ? left.Value(LearnObject.DataSourceKey) : _source);
        }
    }

    public void WriteDisabled(CsvWriter row, KnownRow left)
    {
        WriteKeys(row, left.First, left.Second);
        foreach (var column in kind.Values)
        {
            // Written with another delimiter, it may hold today's.
            var value = column.Name == LearnObject.UserId ? OwnLogin.Of(left, settings, _text) : _text.Clean(left.Value(column.Name));
            row.Value(LearnObject.Columns.KindOf(column.Name) != PartKind.Own && input.IsTelling(value) ? NeutralOf(column, left.First) : value);
        }

        row.Value("disabled"u8);
        WriteSource(row, left);
        row.EndRow();
    }

    /// <summary>What stands in the place of a value that tells, and says no more than which record it is.</summary>
    public ReadOnlySpan<byte> NeutralOf(LearnColumn column, ReadOnlySpan<byte> key) =>
        kind == LearnObject.Course && column.Name != LearnObject.CourseId && EntityId.TryFind(key, out var id) ? Encoding.UTF8.GetBytes(input.Neutral.Group(id)) : key;
}
