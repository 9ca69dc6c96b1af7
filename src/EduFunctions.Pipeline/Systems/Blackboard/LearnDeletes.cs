using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Keys of what is to be deleted, each with the data source it lies in. Where it is not known whether a record has its key of today, the one it had is deleted
/// as well.
/// </summary>
internal sealed class LearnDeletes(LearnObject kind, BlackboardSettings settings, LearnRenames renames, RowTest isTelling, FeedFiles files)
{
    private readonly byte[]? _source = settings.DataSourceKeyBytes;
    private readonly List<(byte[] First, byte[] Second, byte[]? Source)> _rows = [];

    public bool HasFormer(KnownRow gone) => !FormerOf(gone).IsNone;

    public void Add(EntityId key) => _rows.Add((Encoding.UTF8.GetBytes(key.ToString()), [], _source));

    public void Add(KnownRow gone)
    {
        var source = _source is not null && gone.Has(LearnObject.DataSourceKey) ? gone.Value(LearnObject.DataSourceKey).ToArray() : _source;
        Add(gone.First.ToArray(), gone.Second.ToArray(), source);
        if (FormerOf(gone) is { IsNone: false } former)
        {
            Add(Encoding.UTF8.GetBytes(former.ToString()), gone.Second.ToArray(), source);
        }
    }

    /// <returns>The content of the delete file; empty when nothing is to be deleted.</returns>
    public MemoryStream Write()
    {
        var content = new MemoryStream();
        if (_rows.Count == 0)
        {
            return content;
        }

        _rows.Sort(Compare);
        using var rows = LearnFileWriter.Open(content, settings, [.. kind.Keys.Select(key => key.Name), .. LearnFileWriter.SourceColumn(settings)]);
        foreach (var (first, second, source) in _rows)
        {
            rows.Value(first);
            if (kind.Keys.Count > 1)
            {
                rows.Value(second);
            }

            if (source is not null)
            {
                rows.Value(source);
            }

            rows.EndRow();
        }

        return content;
    }

    private void Add(byte[] first, byte[] second, byte[]? source)
    {
        files.Forget(first, isTelling);
        files.Forget(second, isTelling);
        _rows.Add((first, second, source));
    }

    private EntityId FormerOf(KnownRow gone) => renames.Concern(kind) && EntityId.TryFind(gone.First, out var key) ? renames.Former(kind, key) : default;

    private static int Compare((byte[] First, byte[] Second, byte[]? Source) one, (byte[] First, byte[] Second, byte[]? Source) other) =>
        one.First.AsSpan().SequenceCompareTo(other.First) is not 0 and var order ? order : one.Second.AsSpan().SequenceCompareTo(other.Second);
}
