using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Keys of what is to be deleted, each with the data source it lies in. Where it is not known whether a record, or the person it hangs on, has the key of
/// today, the one it had is deleted as well, in a file of its own, and those before it, which a Learn that was restored may have again: it refuses all but one,
/// and counts them.
/// </summary>
/// <param name="hasLeft">Whether a person leaves: whoever stays has the key of today by the time that anything is deleted.</param>
internal sealed class LearnDeletes(LearnObject kind, BlackboardSettings settings, LearnRenames renames, FormerKeys formerKeys, RowTest hasLeft, RowTest isTelling, FeedFiles files)
{
    private readonly byte[]? _source = settings.DataSourceKeyBytes;
    private readonly List<Keys> _rows = [];
    private readonly List<Keys> _former = [];
    private readonly List<Keys> _doubted = [];
    private readonly List<Keys> _going = [];
    private readonly List<Keys> _purged = [];

    /// <summary>Whether it is not known which key Learn has it by.</summary>
    /// <param name="isTotal">Whether nothing is known of what Learn has.</param>
    public bool HasFormer(KnownRow gone, bool isTotal) => EntityId.TryFind(gone.First, out var key)
        && (!renames.Former(kind, key).IsNone || (isTotal && formerKeys.Of(kind, key).Count > 0));

    /// <summary>What is gone already, while nothing else may be said of it.</summary>
    public void AddPurged(KnownRow gone) => _purged.Add(new Keys(gone.First.ToArray(), gone.Second.ToArray(), _source));

    /// <summary>Notes what is to be purged tonight, with what was before.</summary>
    public void KeepPurged()
    {
        if (kind.IsPurged && _rows.Count > 0)
        {
            Write(files.Keep(kind.PurgedFile), [.. _rows, .. _purged]);
        }
    }

    public void Add(EntityId key) => _rows.Add(new Keys(Encoding.UTF8.GetBytes(key.ToString()), [], _source));

    /// <param name="isOfPast">Whether under the keys of earlier days, too: Learn refuses those, unless it was restored to one of them.</param>
    public void Add(KnownRow gone, bool isOfPast)
    {
        var source = _source is not null && gone.Has(LearnObject.DataSourceKey) ? gone.Value(LearnObject.DataSourceKey).ToArray() : _source;
        var row = new Keys(gone.First.ToArray(), gone.Second.ToArray(), source);
        var (firsts, seconds) = (FormersOf(0, gone.First, isOfPast), FormersOf(1, gone.Second, isOfPast));
        var (hasFormer, isDoubted) = (firsts.Count + seconds.Count > 0, gone.IsDoubted && firsts.Count + seconds.Count == 0);
        Add(isDoubted ? _doubted : _rows, row);
        for (var at = 0; at < Math.Max(firsts.Count, seconds.Count); at++)
        {
            Add(_former, new Keys(at < firsts.Count ? firsts[at] : row.First, at < seconds.Count ? seconds[at] : row.Second, source));
        }

        if ((kind.IsPurged || hasFormer || isDoubted) && !gone.WasTold)
        {
            _going.Add(row);
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

    /// <returns>The content of the file with those that Learn may never have had; empty when there are none.</returns>
    public MemoryStream WriteDoubted() => Written(_doubted);

    /// <returns>The content of one file with all; empty when there are none.</returns>
    public MemoryStream WriteAll() => Written([.. _rows, .. _former, .. _doubted]);

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
        foreach (var (first, second, source) in keys.Where((row, at) => at == 0 || Compare(keys[at - 1], row) != 0))
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

    /// <summary>What stood in this place of the key before, or may have.</summary>
    private List<byte[]> FormersOf(int place, ReadOnlySpan<byte> value, bool isOfPast)
    {
        var named = place == 0 && (kind == LearnObject.Person || kind == LearnObject.UserAssociation) ? kind
            : kind.PersonKeys.Contains(place) && hasLeft(value) ? LearnObject.Person
            : null;
        if (named is null || !EntityId.TryFind(value, out var key))
        {
            return [];
        }

        var former = renames.Former(named, key);
        return [.. (former.IsNone ? [] : new[] { former }).Concat(isOfPast ? formerKeys.Of(named, key) : []).Select(id => Encoding.UTF8.GetBytes($"{id}"))];
    }

    private static int Compare(Keys one, Keys other) =>
        one.First.AsSpan().SequenceCompareTo(other.First) is not 0 and var order ? order : one.Second.AsSpan().SequenceCompareTo(other.Second);

    private readonly record struct Keys(byte[] First, byte[] Second, byte[]? Source);
}
