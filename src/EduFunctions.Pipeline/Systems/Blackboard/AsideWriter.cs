using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>
/// Writes the records that have a login name which is to be somebody else's, with one of their own instead: they get theirs, or are disabled, by the rows that
/// follow. So two who exchange their names get there, and whoever comes under the name of somebody who leaves on the same night. Under a refresh, which
/// disables by silence, all who leave stand here, and where all is said once more, all who had left: a Learn that was restored has them by their names again.
/// </summary>
/// <param name="before">By the keys of today.</param>
/// <param name="wanted">Who is to have each name, by its hash.</param>
/// <param name="clashes">Who may have one that is another's, or is to have one that another may have, where nobody knows which they have.</param>
/// <param name="isOfGone">Whether who had left may be there again, by the names they had.</param>
internal sealed class AsideWriter(
    BlackboardSettings settings, KnownFiles before, Dictionary<ulong, EntityId> wanted, KeysOnly keysOnly, LearnRenames renames, LoginClashes clashes, FeedFiles files,
    bool isOfGone = false) : IDisposable
{
    private readonly KnownRows _known = new(LearnObject.Person, before, isOfGone);
    private readonly HashSet<EntityId> _again = Again(before);
    private readonly CleanText _text = settings.CleanText();
    private readonly byte[] _enabled = LearnFileWriter.End(LearnObject.Person, settings);
    private readonly byte[]? _source = settings.DataSourceKeyBytes;
    private readonly byte[] _key = new byte[EntityId.LongestText];
    private CsvWriter? _rows;

    /// <summary>Begins the row of a person of the roster; what stands behind the login name follows, then <see cref="EndRow"/>.</summary>
    public bool BeginRow(EntityId person, out CsvWriter row)
    {
        var key = _key.AsSpan(0, person.Format(_key));
        var order = 1;
        while (_known.Current is { } other && (order = other.CompareTo(key, default)) < 0)
        {
            Leave(_known.Described);
            _known.Next();
        }

        row = null!;
        if (_known.Current is not { } same || order != 0)
        {
            return false;
        }

        var isAside = Yields(same, person);
        _known.Next();
        if (isAside)
        {
            row = Begin(key);
        }

        return isAside;
    }

    public void EndRow()
    {
        _rows!.Joined(_enabled);
        _rows.EndRow();
    }

    /// <summary>Writes who leaves after the last person.</summary>
    public void Finish()
    {
        for (; _known.Current is not null; _known.Next())
        {
            Leave(_known.Described);
        }
    }

    public void Dispose() => _rows?.Dispose();

    private static HashSet<EntityId> Again(KnownFiles before)
    {
        var ids = new HashSet<EntityId>();
        var rows = before.Find(LearnObject.Person.AsideFile) is { } file ? new KnownRow(LearnObject.Person, file, isConfirmed: false, isGoing: false) : null;
        for (; rows is { IsThere: true }; rows.Read())
        {
            if (EntityId.TryFind(rows.First, out var id))
            {
                ids.Add(id);
            }
        }

        return ids;
    }

    /// <summary>
    /// Whoever has another key from tonight on has it only once Learn has taken that, and gives nothing up before: the moved row does that. Where that row may
    /// be refused, since it was taken on an earlier night, this one does.
    /// </summary>
    private bool Yields(KnownRow there, EntityId person) => renames.Former(LearnObject.Person, person).IsNone
        ? _again.Contains(person) || IsWantedByOther(there, person) || clashes.Has(person)
        : renames.IsAgain(LearnObject.Person, person) && clashes.Has(person);

    /// <param name="person">None for whoever is in no roster.</param>
    private bool IsWantedByOther(KnownRow there, EntityId person) =>
        LoginClashes.HashOf(there) is { } login && wanted.TryGetValue(login, out var holder) && holder != person;

    private void Leave(KnownRow? left)
    {
        if (left is null)
        {
            return;
        }

        var person = EntityId.TryFind(left.First, out var id) ? id : default;
        var isWanted = (left.IsGoing ? isOfGone : settings.IsRefreshed(LearnObject.Person)) || IsWantedByOther(left, person) || clashes.Has(person);
        if (left.Status.SequenceEqual(GoneRows.Settled) || !isWanted || !renames.Former(LearnObject.Person, person).IsNone || keysOnly.Applies(left))
        {
            return;
        }

        var row = Begin(left.First);
        foreach (var column in LearnObject.Person.Values.Skip(1))
        {
            row.Value(_text.Clean(left.Value(column.Name)));
        }

        row.Value("disabled"u8);
        if (_source is not null)
        {
            row.Value(left.Has(LearnObject.DataSourceKey) ? left.Value(LearnObject.DataSourceKey) : _source);
        }

        row.EndRow();
    }

    private CsvWriter Begin(ReadOnlySpan<byte> key)
    {
        _rows ??= LearnFileWriter.Open(
            files.Create(LearnObject.Person.AsideFile), settings,
            [.. LearnObject.Person.Keys.Concat(LearnObject.Person.Values).Select(column => column.Name), LearnObject.RowStatus, .. LearnFileWriter.SourceColumn(settings)]);
        _rows.Value(key);
        _rows.Value(OwnLogin.Of(key));
        return _rows;
    }
}
