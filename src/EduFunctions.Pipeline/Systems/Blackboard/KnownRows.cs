using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// The rows of an object that Learn may have, by key, each once: of a file it has worked through the enabled ones, of any other all.
/// </summary>
internal sealed class KnownRows
{
    private readonly List<KnownRow> _files;

    /// <summary>No rows of its own: it says of others that they are gone.</summary>
    private readonly KnownRow? _purged;
    private readonly bool _isPurged;

    /// <param name="isOfGone">Whether with what had left before, last of all.</param>
    public KnownRows(LearnObject kind, KnownFiles before, bool isOfGone = false)
    {
        // Where records were to be moved, the first tells where they lie as long as it is not known that they have been.
        string[] going = [kind.DeleteFile, kind.DoubtedDeleteFile, kind.GoingFile, .. isOfGone ? [kind.GoneFile] : Array.Empty<string>()];
        string[] names = [kind.MovingFile, kind.File, kind.KnownFile, .. going];
        var isInOrder = !kind.IsPurged && !LearnMove.AnyOpen(before);
        _files = [.. names
            .Where(name => before.Find(name) is not null)
            .Select(name => new KnownRow(
                kind, before.Find(name)!, before.IsConfirmed(name) && name != kind.GoneFile, going.Contains(name), before.IsLost(name))
            {
                IsOfDoubt = isInOrder && (name == kind.DoubtedDeleteFile || ((name == kind.File || name == kind.KnownFile) && !before.IsConfirmed(name))),
            })];
        if (before.Find(kind.PurgedFile) is { } purged)
        {
            (_purged, _isPurged) = (new KnownRow(kind, purged, isConfirmed: true, isGoing: true), before.IsConfirmed(kind.PurgedFile));
        }

        Settle();
    }

    /// <summary>The row in turn, null at the end.</summary>
    public KnownRow? Current { get; private set; }

    /// <summary>Where the same is told with values, should the row in turn know none but the keys; null where nothing of it is told.</summary>
    public KnownRow? Described => _files.Find(file => file is { IsThere: true, HasValues: true } && file.CompareTo(Current!) == 0);

    /// <summary>Whether one of the files begins with such a row.</summary>
    public bool AnyFirst(Predicate<KnownRow> isSuch) => _files.Exists(file => file.IsThere && isSuch(file));

    public void Next()
    {
        var current = Current!;
        foreach (var other in _files)
        {
            if (other != current && other.IsThere && other.CompareTo(current) == 0)
            {
                other.Read();
            }
        }

        current.Read();
        Settle();
    }

    private void Settle()
    {
        Current = null;
        foreach (var file in _files)
        {
            if (file.IsThere && (Current is null || file.CompareTo(Current) < 0))
            {
                Current = file;
            }
        }

        if (Current is { } current)
        {
            while (_purged is { IsThere: true } && _purged.CompareTo(current) < 0)
            {
                _purged.Read();
            }

            var wasPurged = _purged is { IsThere: true } && _purged.CompareTo(current) == 0;
            current.WasTold = wasPurged || _files.Exists(file => file is { IsThere: true, IsGoing: true } && file.CompareTo(current) == 0);
            current.IsPurged = wasPurged && _isPurged;
            current.IsDoubted = _files.TrueForAll(file => !file.IsThere || file.IsOfDoubt || file.CompareTo(current) != 0);
        }
    }
}

/// <summary>A file of known rows, at one of them.</summary>
internal sealed class KnownRow
{
    private readonly LearnFileReader _reader;
    private readonly int[] _keys;
    private readonly int[] _values;
    private readonly int _status;
    private readonly bool _isConfirmed;
    private readonly bool _isLost;

    /// <param name="isGoing">Whether Learn was told to delete what stands in the file.</param>
    /// <param name="isLost">Whether Learn has not worked through it.</param>
    public KnownRow(LearnObject kind, Stream content, bool isConfirmed, bool isGoing, bool isLost = false)
    {
        _reader = new LearnFileReader(content);
        _keys = [.. kind.Keys.Select(key => _reader.Find(key.Name))];
        _status = _reader.Find(LearnObject.RowStatus);
        (_isConfirmed, IsGoing, _isLost) = (isConfirmed, isGoing, isLost);
        _values = [.. kind.Values.Select(column => _reader.Find(column.Name))];
        Read();
    }

    public bool IsThere { get; private set; }

    /// <summary>Whether Learn was told before to delete it.</summary>
    public bool IsGoing { get; }

    /// <summary>The same, in whichever of the files.</summary>
    public bool WasTold { get; set; }

    /// <summary>Whether Learn was told to purge it, and does not have it any more.</summary>
    public bool IsPurged { get; set; }

    /// <summary>Whether the file says nothing of whether Learn has ever had what stands in it.</summary>
    public bool IsOfDoubt { get; init; }

    /// <summary>The same of the row, by all files.</summary>
    public bool IsDoubted { get; set; }

    /// <summary>How sure it is that Learn has the row.</summary>
    public RowStanding Standing =>
        IsGoing ? RowStanding.Unknown
        : _isConfirmed || _status < 0 ? RowStanding.Settled
        : RowStandings.Of(_reader[_status], _isLost);

    /// <summary>False when the file knows nothing but keys, or no more of this row.</summary>
    public bool HasValues => _status >= 0 && Array.TrueForAll(_values, column => column >= 0) && (_values.Length == 0 || Array.Exists(_values, column => _reader[column].Length > 0));

    public ReadOnlySpan<byte> First => _reader[_keys[0]];

    public ReadOnlySpan<byte> Second => _keys.Length > 1 ? _reader[_keys[1]] : default;

    public ReadOnlySpan<byte> Status => _status >= 0 ? _reader[_status] : default;

    /// <summary>The value of a column, empty when the file does not have it.</summary>
    public ReadOnlySpan<byte> Value(string column) => _reader.Find(column) is >= 0 and var number ? _reader[number] : default;

    public bool Has(string column) => _reader.Find(column) >= 0;

    public int CompareTo(KnownRow other) => CompareTo(other.First, other.Second);

    public int CompareTo(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var order = First.SequenceCompareTo(first);
        return order != 0 ? order : Second.SequenceCompareTo(second);
    }

    public void Read()
    {
        do
        {
            IsThere = _reader.Read();
        }
        while (IsThere && _isConfirmed && _status >= 0 && _reader[_status].SequenceEqual("disabled"u8));
    }
}
