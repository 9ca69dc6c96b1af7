using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Keys of an object's records that have left, kept as long as it is remembered who did: a Learn that was restored to an earlier day has them again, and is
/// told once more when everything is. Passes by in the order of the keys, like the rows beside it.
/// </summary>
internal sealed class GoneRows : IDisposable
{
    private const string Since = "since";

    private readonly LearnObject _kind;
    private readonly BlackboardSettings _settings;
    private readonly FeedFiles _files;
    private readonly KnownRow? _before;
    private readonly LearnDeletes? _again;
    private readonly byte[] _today;
    private readonly byte[] _first;
    private CsvWriter? _rows;

    /// <param name="before">By the keys of today.</param>
    public GoneRows(LearnObject kind, BlackboardSettings settings, FeedInput input, KnownFiles before, FeedFiles files)
    {
        (_kind, _settings, _files) = (kind, settings, files);
        (_today, _first) = (Written(input.Date), Written(input.RemembersSince));
        _before = before.Find(kind.GoneFile) is { } file ? new KnownRow(kind, file, isConfirmed: false, isGoing: true) : null;

        // What a refresh is silent about Learn disables by itself.
        _again = input is { IsTotal: true, KeepsLeavers: false } && !settings.IsRefreshed(kind) ? new LearnDeletes(kind, settings, LearnRenames.None, null, input.IsTelling, files) : null;
    }

    /// <summary>A record that is there, also where it had left.</summary>
    public void PassTo(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        while (_before is { IsThere: true } && _before.CompareTo(first, second) is <= 0 and var order)
        {
            if (order < 0)
            {
                Keep(_before);
            }

            _before.Read();
        }
    }

    public void Add(KnownRow left)
    {
        PassTo(left.First, left.Second);
        Write(left, _today);
    }

    public void Finish()
    {
        for (; _before is { IsThere: true }; _before.Read())
        {
            Keep(_before);
        }
    }

    /// <returns>The content of the file that tells it once more; empty where nothing is to be told.</returns>
    public MemoryStream Again() => _again?.Write() ?? new MemoryStream();

    public void Dispose() => _rows?.Dispose();

    private static byte[] Written(DateOnly day) => Encoding.UTF8.GetBytes(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private void Keep(KnownRow gone)
    {
        if (gone.Value(Since).SequenceCompareTo(_first) >= 0)
        {
            Write(gone, gone.Value(Since));
            _again?.Add(gone);
        }
    }

    private void Write(KnownRow gone, ReadOnlySpan<byte> since)
    {
        _rows ??= LearnFileWriter.Open(
            _files.Keep(_kind.GoneFile), _settings, [.. _kind.Keys.Select(key => key.Name), Since, .. LearnFileWriter.SourceColumn(_settings)]);
        _rows.Value(gone.First);
        if (_kind.Keys.Count > 1)
        {
            _rows.Value(gone.Second);
        }

        _rows.Value(since);
        if (_settings.DataSourceKeyBytes is { } source)
        {
            _rows.Value(gone.Has(LearnObject.DataSourceKey) ? gone.Value(LearnObject.DataSourceKey) : source);
        }

        _rows.EndRow();
    }
}
