using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Writes the files of one object while its current rows pass by in the order of their keys, merged with the rows that Learn may have:
/// what is known and not current is gone, and leaves by the object's operation.
/// </summary>
/// <param name="isTotal">Whether what is sent once is sent once more.</param>
internal sealed class ObjectWriter(
    LearnObject kind, BlackboardSettings settings, KnownRows known, Leavers leavers, LearnRenames renames, FormerKeys formerKeys, FeedInput input, FeedFiles files, GoneRows gone,
    bool isTotal = false)
    : ILearnRows, IDisposable
{
    private readonly string _operation = settings.OperationOf(kind);
    private readonly bool _isKept = settings.StateOf(kind) != kind.File;
    private readonly bool _isOpen = LearnMove.AnyOpen(input.Before);
    private readonly byte[]? _source = settings.DataSourceKeyBytes;
    private readonly byte[] _end = LearnFileWriter.End(kind, settings);
    private readonly byte[] _first = new byte[EntityId.LongestText];
    private readonly byte[] _second = new byte[EntityId.LongestText];
    private readonly byte[] _person = new byte[EntityId.LongestText];
    private readonly LearnRow _row = new(kind, settings, input);
    private readonly KeysOnly _keysOnly = new(kind, leavers, input);
    private readonly LearnDeletes _deletes = new(kind, settings, renames, formerKeys, leavers.Has, input.IsTelling, files);
    private readonly NeutralRows _neutral = new(kind, settings, new LearnRow(kind, settings, input), input, files);
    private readonly MemoryStream _emptied = new();
    private EntityId _formatted;
    private int _firstLength;
    private CsvWriter? _rows;
    private CsvWriter? _kept;
    private CsvWriter? _empties;

    /// <summary>One for all rows.</summary>
    private Predicate<KnownRow> Settles => field ??= IsSettled;

    public bool BeginRow(EntityId key, out CsvWriter row)
    {
        FormatFirst(key);
        return Begin(default, out row);
    }

    public bool BeginRow(EntityId first, EntityId second, out CsvWriter row)
    {
        FormatFirst(first);
        return Begin(_second.AsSpan(0, second.Format(_second)), out row);
    }

    public bool BeginRow(EntityId first, ReadOnlySpan<byte> second, out CsvWriter row)
    {
        FormatFirst(first);
        return Begin(second, out row);
    }

    public bool BeginRow(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, out CsvWriter row)
    {
        first.CopyTo(_first);
        (_firstLength, _formatted) = (first.Length, default);
        return Begin(second, out row);
    }

    public bool BeginRowOf(EntityId person, EntityId key, out CsvWriter row)
    {
        FormatFirst(key);
        return Begin(default, out row, _person.AsSpan(0, person.Format(_person)));
    }

    public void EndRow()
    {
        if (_end.Length > 0)
        {
            _rows!.Joined(_end);
        }

        _rows!.EndRow();
    }

    /// <summary>Writes what is gone after the last current row.</summary>
    /// <returns>The content of the delete file; empty when nothing is to be deleted.</returns>
    public MemoryStream Finish()
    {
        while (known.Current is { } left)
        {
            WriteGone(left);
            known.Next();
        }

        gone.Finish(Settles);
        _empties?.Dispose();
        return IsRefresh && _rows is null ? _emptied : _deletes.Write();
    }

    /// <returns>The content of the file with the keys that what is deleted had before; empty where none is in doubt.</returns>
    public MemoryStream Former() => _empties is not null && _rows is null ? new MemoryStream() : _deletes.WriteFormer();

    /// <returns>The content of the file with the keys of what Learn may never have had; empty where there is none.</returns>
    public MemoryStream Doubted() => _empties is not null && _rows is null ? new MemoryStream() : _deletes.WriteDoubted();

    /// <summary>Writes who must go by keys alone, in use or disabled, and what is to be called otherwise, and nothing else.</summary>
    /// <returns>The content of the delete file; empty when there is nobody.</returns>
    public MemoryStream Leave()
    {
        var associations = kind == LearnObject.UserAssociation ? LearnAssociations.OfLeavers(input.Roster, leavers) : [];
        for (; known.Current is { } row; known.Next())
        {
            // Of what Learn was told to purge no more than the key is known.
            if (_keysOnly.Applies(row) || (EntityId.TryFind(row.First, out var key) && associations.Contains(key)))
            {
                Delete(row);
            }
            else if (_neutral.Applies(row))
            {
                _neutral.Write(row, row.Status);
            }
        }

        gone.Look(row => IsSettled(row));
        _deletes.KeepPurged();
        return _deletes.Write();
    }

    private void Delete(KnownRow row)
    {
        if (row.IsPurged)
        {
            _deletes.AddPurged(row);
        }
        else
        {
            _deletes.Add(row, isOfPast: true);
        }
    }

    /// <summary>Writes the keys of persons of whom it is not known whether Learn has them.</summary>
    /// <inheritdoc cref="Leave"/>
    public MemoryStream DeleteAll(IEnumerable<EntityId> persons)
    {
        foreach (var person in persons)
        {
            _deletes.Add(person);
        }

        return _deletes.Write();
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _kept?.Dispose();
        _neutral.Dispose();
    }

    private bool IsRefresh => settings.IsRefreshed(kind);

    private void FormatFirst(EntityId id)
    {
        // Memberships come section by section.
        if (id != _formatted)
        {
            _firstLength = id.Format(_first);
            _formatted = id;
        }
    }

    private bool Begin(ReadOnlySpan<byte> second, out CsvWriter row, ReadOnlySpan<byte> person = default)
    {
        var order = 1;
        var first = _first.AsSpan(0, _firstLength);
        while (known.Current is { } before && (order = before.CompareTo(first, second)) < 0)
        {
            WriteGone(before);
            known.Next();
        }

        gone.PassTo(first, second, Settles);
        var there = RowStanding.Unknown;
        if (known.Current is { } same && order == 0)
        {
            there = same.Standing;
            known.Next();
        }

        if (_isKept)
        {
            WriteKept(first, second, person, RowStandings.StatusAfter(kind, isTotal ? RowStanding.Unknown : there));
        }

        var isThere = kind.IsSentOnce && there == RowStanding.Settled && _operation == BlackboardSettings.Store && !isTotal;
        row = _operation == BlackboardSettings.Delete || isThere ? null! : Rows();
        if (row is not null)
        {
            _row.WriteKeys(row, first, second);
        }

        return row is not null;
    }

    /// <summary>What Learn keeps disabled leaves by its key, or loses its name, once that tells of somebody.</summary>
    /// <returns>Whether nothing more is to be done about it.</returns>
    private bool IsSettled(KnownRow disabled)
    {
        if (disabled.Status.SequenceEqual(GoneRows.Settled))
        {
            return true;
        }

        if (_neutral.Applies(disabled))
        {
            _neutral.Write(disabled, "disabled"u8);
            return true;
        }

        var mustLeave = kind == LearnObject.Person && (disabled.Status.SequenceEqual(GoneRows.Namesake) ? _keysOnly.AppliesToKey(disabled) : _keysOnly.Applies(disabled));
        if (mustLeave)
        {
            _deletes.Add(disabled, isOfPast: true);
            WriteEmptied(disabled);
        }

        return mustLeave;
    }

    /// <summary>Should no current row come, there is no file whose silence disables the others.</summary>
    private void WriteEmptied(KnownRow left)
    {
        if (IsRefresh && _rows is null)
        {
            _empties ??= Open(_emptied, DeleteColumns);
            WriteDelete(_empties, left);
        }
    }

    private void WriteGone(KnownRow left)
    {
        // A refresh purges what its file is silent about: named once more, Learn would count it as an error. While Learn may refuse to move records, the file
        // goes to store, and who leaves must not wait for that.
        var (isSilent, mustLeave, isNeutral) = (kind.IsPurged && IsRefresh, _keysOnly.Applies(left), _neutral.Applies(left));
        var isDeleted = (mustLeave && !isSilent) || (left.IsGoing && !isSilent) || (IsRefresh && !kind.IsPurged && _isOpen)
            || (_operation == BlackboardSettings.Store && (!left.HasValues || _deletes.HasFormer(left, isTotal)));
        gone.Add(left, isDeleted || isNeutral || _operation == BlackboardSettings.Delete ? GoneRows.Settled : _keysOnly.IsNamesake(left) ? GoneRows.Namesake : "disabled"u8, Settles);
        WriteEmptied(left);
        if (isNeutral && IsRefresh)
        {
            _neutral.Write(left, "disabled"u8);
        }

        if (isDeleted)
        {
            if (kind == LearnObject.Person)
            {
                // What refers to the person goes the same way, also when Learn was told to delete the person before, and not the rest.
                leavers.Add(left.First);
            }

            if (!left.IsPurged || isTotal)
            {
                _deletes.Add(left, mustLeave || isTotal);
            }
        }
        else if (_operation == BlackboardSettings.Store)
        {
            _row.WriteDisabled(Rows(), left);
        }
        else
        {
            WriteKept(left.First, left.Second, kind.PersonValue is { } named && !mustLeave ? left.Value(named) : default, "disabled"u8);
            if (_operation == BlackboardSettings.Delete)
            {
                WriteDelete(Rows(), left);
            }
        }
    }

    private void WriteDelete(CsvWriter row, KnownRow left)
    {
        files.Forget(left.First, input.IsTelling);
        files.Forget(left.Second, input.IsTelling);
        _row.WriteKeys(row, left.First, left.Second);
        _row.WriteSource(row, left);
        row.EndRow();
    }

    private void WriteKept(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> person, ReadOnlySpan<byte> status)
    {
        string[] named = kind.PersonValue is null ? [] : [kind.PersonValue];
        _kept ??= Open(files.Keep(kind.KnownFile), [.. kind.Keys.Select(key => key.Name), .. named, LearnObject.RowStatus, .. SourceColumn]);
        _row.WriteKeys(_kept, first, second);
        if (named.Length > 0)
        {
            _kept.Value(person);
        }

        _kept.Value(status);
        if (_source is not null)
        {
            _kept.Value(_source);
        }

        _kept.EndRow();
    }

    private CsvWriter Rows() => _rows ??= Open(
        files.Create(kind.File),
        _operation == BlackboardSettings.Delete
            ? DeleteColumns
            : [.. kind.Keys.Concat(kind.Values).Select(column => column.Name), .. StatusColumn, .. SourceColumn]);

    private IEnumerable<string> DeleteColumns => [.. kind.Keys.Select(key => key.Name), .. SourceColumn];

    private string[] StatusColumn => kind.IsPurged ? [] : [LearnObject.RowStatus];

    private IEnumerable<string> SourceColumn => LearnFileWriter.SourceColumn(settings);

    private CsvWriter Open(Stream file, IEnumerable<string> columns) => LearnFileWriter.Open(file, settings, columns);
}
