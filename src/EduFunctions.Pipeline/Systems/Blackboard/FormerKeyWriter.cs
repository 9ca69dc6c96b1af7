using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Writes the current rows once more under every key that their records had before, with today's as the new one: a Learn that was restored to a day before
/// they were renamed does it again, any other refuses them. What it does not have cannot be hurt, and what it has must not fail for a login name: that is one
/// of the record's own, until the rows that follow give it today's.
/// </summary>
internal sealed class FormerKeyWriter(LearnObject kind, BlackboardSettings settings, FormerKeys formerKeys, FeedFiles files) : ILearnRows, IDisposable
{
    private readonly byte[]? _source = settings.DataSourceKeyBytes;
    private EntityId _key;
    private int _turn;
    private bool _goesOn;
    private CsvWriter? _rows;

    /// <summary>The last former key of each, then the one before.</summary>
    public void Write(Action<ILearnRows> write)
    {
        do
        {
            _goesOn = false;
            write(this);
            _turn++;
        }
        while (_goesOn);
    }

    public bool BeginRow(EntityId key, out CsvWriter row)
    {
        var formers = formerKeys.OwnOf(kind, key);
        _goesOn |= formers.Count > _turn + 1;
        row = formers.Count > _turn ? Rows() : null!;
        row?.Value(formers[_turn]);
        _key = key;
        return row is not null;
    }

    public bool BeginRow(EntityId first, EntityId second, out CsvWriter row) => throw new NotSupportedException();

    public bool BeginRow(EntityId first, ReadOnlySpan<byte> second, out CsvWriter row) => throw new NotSupportedException();

    public bool BeginRow(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, out CsvWriter row) => throw new NotSupportedException();

    public bool BeginRowOf(EntityId person, EntityId key, out CsvWriter row) => BeginRow(key, out row);

    public bool TakesLogin(EntityId person) => false;

    public void EndRow()
    {
        _rows!.Value(_key);
        if (!kind.IsPurged)
        {
            _rows.Value("enabled"u8);
        }

        if (_source is not null)
        {
            _rows.Value(_source);
            _rows.Value(_source);
        }

        _rows.EndRow();
    }

    public void Dispose() => _rows?.Dispose();

    private CsvWriter Rows() => _rows ??= LearnFileWriter.Open(files.Create(kind.MovedAgainFile), settings, MovedWriter.Columns(kind, settings, isRenaming: true));
}
