using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Writes the current rows whose records lie in another data source than today's, or under another key, with what they have and what they get, in a file of
/// their own: the object's own file then names them as they are to be, and what hangs on them stays.
/// </summary>
/// <param name="known">By the keys of today.</param>
/// <param name="clashes">Who must not have the login name of tonight before others have given theirs up.</param>
/// <param name="isAgain">
/// Whether only those are written that may have their keys of today already, by these, and only where they lie in another data source: the rows by their
/// former keys are refused for them, with all else that is in them.
/// </param>
internal sealed class MovedWriter(
    LearnObject kind, BlackboardSettings settings, KnownRows known, LearnRenames renames, LoginClashes clashes, FeedFiles files, bool isAgain = false) : ILearnRows, IDisposable
{
    private readonly byte[] _first = new byte[EntityId.LongestText];
    private readonly byte[] _second = new byte[EntityId.LongestText];
    private readonly byte[] _former = new byte[EntityId.LongestText];
    private readonly byte[]? _source = settings.DataSourceKeyBytes;
    private readonly bool _isRenaming = renames.Concern(kind) && !isAgain;
    private byte[] _sourceBefore = [];
    private int _firstLength;
    private CsvWriter? _rows;

    /// <summary>Whether there may be such records: those of one file lie in one data source, but for what is gone.</summary>
    public static bool IsNeeded(LearnObject kind, BlackboardSettings settings, KnownRows known, LearnRenames renames) =>
        renames.Concern(kind) || (settings.DataSourceKeyBytes is { } source && known.AnyFirst(row => Lies(row, source)));

    public static IEnumerable<string> Columns(LearnObject kind, BlackboardSettings settings, bool isRenaming) =>
    [
        .. kind.Keys.Concat(kind.Values).Select(column => column.Name),
        .. isRenaming ? [kind.NewKey] : Array.Empty<string>(),
        .. kind.IsPurged ? Array.Empty<string>() : [LearnObject.RowStatus],
        .. settings.DataSourceKey is null ? Array.Empty<string>() : [LearnObject.NewDataSourceKey, LearnObject.DataSourceKey],
    ];

    public bool BeginRow(EntityId key, out CsvWriter row)
    {
        _firstLength = key.Format(_first);
        if (isAgain && !renames.IsAgain(kind, key))
        {
            row = null!;
            return false;
        }

        var former = isAgain ? default : renames.Former(kind, key);
        return Begin(former.IsNone ? _first.AsSpan(0, _firstLength) : _former.AsSpan(0, former.Format(_former)), default, out row);
    }

    public bool BeginRow(EntityId first, EntityId second, out CsvWriter row) => BeginRow(first, _second.AsSpan(0, second.Format(_second)), out row);

    public bool BeginRow(EntityId first, ReadOnlySpan<byte> second, out CsvWriter row)
    {
        _firstLength = first.Format(_first);
        return Begin(_first.AsSpan(0, _firstLength), second, out row);
    }

    public bool BeginRow(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, out CsvWriter row)
    {
        first.CopyTo(_first);
        _firstLength = first.Length;
        return Begin(_first.AsSpan(0, _firstLength), second, out row);
    }

    public bool TakesLogin(EntityId person) => !clashes.Has(person);

    public bool BeginRowOf(EntityId person, EntityId key, out CsvWriter row) => BeginRow(key, out row);

    public void EndRow()
    {
        if (_isRenaming)
        {
            _rows!.Value(_first.AsSpan(0, _firstLength));
        }

        if (!kind.IsPurged)
        {
            _rows!.Value("enabled"u8);
        }

        if (_source is not null)
        {
            _rows!.Value(_source);
            _rows.Value(_sourceBefore);
        }

        _rows!.EndRow();
    }

    public void Dispose() => _rows?.Dispose();

    private static bool Lies(KnownRow row, byte[] source) =>
        row.Value(LearnObject.DataSourceKey) is { IsEmpty: false } before && !before.SequenceEqual(source);

    /// <param name="former">The first key as Learn has it.</param>
    private bool Begin(ReadOnlySpan<byte> former, ReadOnlySpan<byte> second, out CsvWriter row)
    {
        row = null!;
        var first = _first.AsSpan(0, _firstLength);
        while (known.Current is { } before && before.CompareTo(first, second) < 0)
        {
            known.Next();
        }

        if (known.Current is not { } there || there.CompareTo(first, second) != 0)
        {
            return false;
        }

        var lies = _source is not null && Lies(there, _source);
        if (!lies && former.SequenceEqual(first))
        {
            return false;
        }

        _sourceBefore = lies ? there.Value(LearnObject.DataSourceKey).ToArray() : _source ?? [];
        row = Rows();
        row.Value(former);
        if (kind.Keys.Count > 1)
        {
            row.Value(second);
        }

        return true;
    }

    private CsvWriter Rows() =>
        _rows ??= LearnFileWriter.Open(files.Create(isAgain ? kind.SourceFile : kind.MovedFile), settings, Columns(kind, settings, _isRenaming));
}
