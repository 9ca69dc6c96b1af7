using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Keys of an object's records that have left, kept as long as it is remembered who did: a Learn that was restored to an earlier day has them again, and is
/// told once more when everything is. Of people and courses that Learn keeps disabled also by what they are recognised there: who is protected by then must not
/// be. Passes by in the order of the keys, like the rows beside it.
/// </summary>
internal sealed class GoneRows : IDisposable
{
    private const string Since = "since";

    /// <summary>Deleted, or called otherwise: nothing there tells of anybody.</summary>
    public static ReadOnlySpan<byte> Settled => "settled"u8;

    /// <summary>Went when somebody was protected whose name it has, and is known to be of somebody else.</summary>
    public static ReadOnlySpan<byte> Namesake => "namesake"u8;

    private readonly LearnObject _kind;
    private readonly BlackboardSettings _settings;
    private readonly FeedFiles _files;
    private readonly KeysOnly _keysOnly;

    /// <summary>Whoever is protected goes also while nobody else may.</summary>
    private readonly bool _isAllAgain;
    private readonly KnownRow? _before;
    private readonly LearnDeletes? _again;
    private readonly byte[] _today;
    private readonly byte[] _first;
    private readonly CleanText _text;
    private readonly bool _describes;
    private CsvWriter? _rows;

    /// <param name="before">By the keys of today.</param>
    public GoneRows(LearnObject kind, BlackboardSettings settings, FormerKeys formerKeys, KeysOnly keysOnly, FeedInput input, KnownFiles before, FeedFiles files)
    {
        (_kind, _settings, _files, _keysOnly, _isAllAgain) = (kind, settings, files, keysOnly, !input.KeepsLeavers);
        (_text, _describes) = (settings.CleanText(), kind == LearnObject.Person || kind == LearnObject.Course);
        (_today, _first) = (Written(input.Date), Written(input.RemembersSince));
        _before = before.Find(kind.GoneFile) is { } file ? new KnownRow(kind, file, isConfirmed: false, isGoing: true) : null;

        // What a refresh is silent about Learn disables by itself; but where Learn may refuse to move records, the file goes to store.
        _again = input.IsTotal && (!settings.IsRefreshed(kind) || files.Names.Any(LearnObject.IsMovedFile))
            ? new LearnDeletes(kind, settings, LearnRenames.None, formerKeys, person => !formerKeys.IsOfToday(person), input.IsTelling, files)
            : null;
    }

    /// <summary>A record that is there, also where it had left.</summary>
    /// <param name="isSettled">Of one that is not: whether nothing of it tells any more, from now on.</param>
    public void PassTo(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Predicate<KnownRow> isSettled)
    {
        PassBefore(first, second, isSettled);
        PassSame(first, second);
    }

    /// <summary>A record that leaves; where it is known by its keys alone and has left before, what was known of it then is kept.</summary>
    /// <param name="status">Whether Learn keeps it disabled.</param>
    public void Add(KnownRow left, ReadOnlySpan<byte> status, Predicate<KnownRow> isSettled)
    {
        PassBefore(left.First, left.Second, isSettled);
        var isKnown = !left.HasValues && _before is { IsThere: true, HasValues: true } && _before.CompareTo(left) == 0;
        Write(isKnown ? _before! : left, _today, status);
        PassSame(left.First, left.Second);
    }

    public void Finish(Predicate<KnownRow> isSettled)
    {
        for (; _before is { IsThere: true }; _before.Read())
        {
            Keep(_before, isSettled);
        }
    }

    /// <summary>Goes through what had left and keeps nothing of it.</summary>
    public void Look(Action<KnownRow> look)
    {
        for (; _before is { IsThere: true }; _before.Read())
        {
            look(_before);
        }
    }

    /// <returns>The content of the file that tells it once more; empty where nothing is to be told.</returns>
    public MemoryStream Again() => _again?.WriteAll() ?? new MemoryStream();

    public void Dispose() => _rows?.Dispose();

    private static byte[] Written(DateOnly day) => Encoding.UTF8.GetBytes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private void PassBefore(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, Predicate<KnownRow> isSettled)
    {
        for (; _before is { IsThere: true } && _before.CompareTo(first, second) < 0; _before.Read())
        {
            Keep(_before, isSettled);
        }
    }

    private void PassSame(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        while (_before is { IsThere: true } && _before.CompareTo(first, second) == 0)
        {
            _before.Read();
        }
    }

    private void Keep(KnownRow gone, Predicate<KnownRow> isSettled)
    {
        if (gone.Value(Since).SequenceCompareTo(_first) >= 0)
        {
            Write(gone, gone.Value(Since), _describes && isSettled(gone) ? Settled : gone.Status);
            if (_isAllAgain || _keysOnly.Applies(gone))
            {
                _again?.Add(gone, isOfPast: true);
            }
        }
    }

    private void Write(KnownRow gone, ReadOnlySpan<byte> since, ReadOnlySpan<byte> status)
    {
        string[] described = _describes ? [.. _kind.Values.Select(column => column.Name), LearnObject.RowStatus] : [];
        _rows ??= LearnFileWriter.Open(
            _files.Keep(_kind.GoneFile), _settings, [.. _kind.Keys.Select(key => key.Name), .. described, Since, .. LearnFileWriter.SourceColumn(_settings)]);
        _rows.Value(gone.First);
        if (_kind.Keys.Count > 1)
        {
            _rows.Value(gone.Second);
        }

        if (_describes)
        {
            Describe(_rows, gone, status);
        }

        _rows.Value(since);
        if (_settings.DataSourceKeyBytes is { } source)
        {
            _rows.Value(gone.Has(LearnObject.DataSourceKey) ? gone.Value(LearnObject.DataSourceKey) : source);
        }

        _rows.EndRow();
    }

    private void Describe(CsvWriter row, KnownRow gone, ReadOnlySpan<byte> status)
    {
        foreach (var column in _kind.Values)
        {
            row.Value(status.SequenceEqual(Settled) ? default : _text.Clean(gone.Value(column.Name)));
        }

        row.Value(status);
    }
}
