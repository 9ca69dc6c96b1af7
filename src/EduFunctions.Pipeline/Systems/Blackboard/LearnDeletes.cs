using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Keys of what is to be deleted, each with the data source it lies in. Where it is not known whether a record, or the person it hangs on, has the key of
/// today, the one it had is deleted as well, in a file of its own: Learn refuses one of both, and counts it.
/// </summary>
/// <param name="leavers">Who leaves: whoever stays has the key of today by the time that anything is deleted.</param>
internal sealed class LearnDeletes(LearnObject kind, BlackboardSettings settings, LearnRenames renames, Leavers? leavers, RowTest isTelling, FeedFiles files)
{
    private readonly byte[]? _source = settings.DataSourceKeyBytes;
    private readonly List<Keys> _rows = [];
    private readonly List<Keys> _former = [];
    private readonly List<Keys> _going = [];

    public bool HasFormer(KnownRow gone) => renames.Concern(kind) && FormerOf(0, gone.First) is not null;

    public void Add(EntityId key) => _rows.Add(new Keys(Encoding.UTF8.GetBytes(key.ToString()), [], _source));

    public void Add(KnownRow gone)
    {
        var source = _source is not null && gone.Has(LearnObject.DataSourceKey) ? gone.Value(LearnObject.DataSourceKey).ToArray() : _source;
        var row = new Keys(gone.First.ToArray(), gone.Second.ToArray(), source);
        Add(_rows, row);
        if (kind.IsPurged && !gone.IsGoing)
        {
            _going.Add(row);
        }

        var (first, second) = (FormerOf(0, gone.First), FormerOf(1, gone.Second));
        if (first is not null || second is not null)
        {
            Add(_former, new Keys(first ?? row.First, second ?? row.Second, source));
        }
    }

    /// <returns>The content of the delete file; empty when nothing is to be deleted.</returns>
    public MemoryStream Write()
    {
        if (_going.Count > 0)
        {
            Write(files.Keep(kind.GoingFile), _going);
        }

        return Written(_rows);
    }

    /// <returns>The content of the file with the former keys; empty when there are none.</returns>
    public MemoryStream WriteFormer() => Written(_former);

    private MemoryStream Written(List<Keys> keys)
    {
        var content = new MemoryStream();
        if (keys.Count > 0)
        {
            Write(content, keys);
        }

        return content;
    }

    private void Write(Stream content, List<Keys> keys)
    {
        keys.Sort(Compare);
        using var rows = LearnFileWriter.Open(content, settings, [.. kind.Keys.Select(key => key.Name), .. LearnFileWriter.SourceColumn(settings)]);
        foreach (var (first, second, source) in keys)
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
    }

    private void Add(List<Keys> rows, Keys row)
    {
        files.Forget(row.First, isTelling);
        files.Forget(row.Second, isTelling);
        rows.Add(row);
    }

    /// <summary>What stood in this place of the key before; null where that is what stands there.</summary>
    private byte[]? FormerOf(int place, ReadOnlySpan<byte> value)
    {
        var named = place == 0 && renames.Concern(kind) ? kind
            : kind.PersonKeys.Contains(place) && leavers?.Has(value) == true ? LearnObject.Person
            : null;
        return named is not null && EntityId.TryFind(value, out var key) && renames.Former(named, key) is { IsNone: false } former
            ? Encoding.UTF8.GetBytes(former.ToString())
            : null;
    }

    private static int Compare(Keys one, Keys other) =>
        one.First.AsSpan().SequenceCompareTo(other.First) is not 0 and var order ? order : one.Second.AsSpan().SequenceCompareTo(other.Second);

    private readonly record struct Keys(byte[] First, byte[] Second, byte[]? Source);
}
