using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Blackboard;

/// <summary>People who have another id from tonight on: their accounts get the new key, and what is known of Learn is read as if they had always had it.</summary>
internal sealed class LearnRenames
{
    private readonly Dictionary<EntityId, EntityId> _persons;
    private readonly Dictionary<EntityId, EntityId> _associations = [];
    private readonly Dictionary<EntityId, EntityId> _former;
    private readonly HashSet<EntityId> _again;

    private LearnRenames() => (_persons, _former, _again) = ([], [], []);

    /// <param name="again">Those of today's ids that Learn may have already.</param>
    private LearnRenames(Roster roster, IReadOnlyDictionary<EntityId, EntityId> renamed, HashSet<EntityId> again)
    {
        (_persons, _again) = (renamed.ToDictionary(), again);
        foreach (var (before, now) in renamed)
        {
            foreach (ref readonly var unit in roster.Units.Rows)
            {
                var association = LearnAssociations.KeyOfUser(unit.Id, now);
                _associations[LearnAssociations.KeyOfUser(unit.Id, before)] = association;
                if (again.Contains(now))
                {
                    _again.Add(association);
                }
            }
        }

        _former = _persons.Concat(_associations).DistinctBy(pair => pair.Value).ToDictionary(pair => pair.Value, pair => pair.Key);
    }

    /// <summary>
    /// Those of tonight; those of earlier nights that Learn may not have; and the other way round those that Learn may have, while the roster still has the former
    /// id: a delivery that failed after its first file is none to the guard.
    /// </summary>
    public static LearnRenames Of(FeedInput input)
    {
        var (renamed, again) = (new Dictionary<EntityId, EntityId>(), new HashSet<EntityId>());
        var isOpen = input.Before.Find(LearnObject.Person.MovedFile) is not null && !input.Before.IsConfirmed(LearnObject.Person.MovedFile);
        var ids = input.Before.Find(LearnObject.Person.MovedFile) is null ? [] : input.Roster.PersonIds().ToHashSet();
        foreach (var (before, now) in Moved(input.Before).Where(moved => !input.Renamed.ContainsKey(moved.Before) && !input.Renamed.ContainsKey(moved.Now)))
        {
            if (ids.Contains(before) && !ids.Contains(now))
            {
                renamed[now] = before;
            }
            else if (isOpen)
            {
                renamed[before] = now;
            }
        }

        if (isOpen)
        {
            again.UnionWith(renamed.Values);
        }

        foreach (var (before, now) in input.Renamed)
        {
            renamed[before] = now;
        }

        return new LearnRenames(input.Roster, renamed, again);
    }

    public static LearnRenames None { get; } = new();

    public bool Any => _persons.Count > 0;

    /// <summary>By the id they had.</summary>
    public IReadOnlyDictionary<EntityId, EntityId> Persons => _persons;

    /// <summary>Whether records of an object get other keys. A key of two parts that names a person follows the person.</summary>
    public bool Concern(LearnObject kind) => _persons.Count > 0 && (kind == LearnObject.Person || kind == LearnObject.UserAssociation);

    /// <summary>The key that Learn has for what has this one now; none where it has not changed.</summary>
    public EntityId Former(LearnObject kind, EntityId key) => Concern(kind) ? _former.GetValueOrDefault(key) : default;

    /// <summary>Whether Learn may have what has this key now by it already: it was to get it on an earlier night, and nobody knows whether it has.</summary>
    public bool IsAgain(LearnObject kind, EntityId key) => Concern(kind) && _again.Contains(key);

    public bool AnyAgain => _again.Count > 0;

    /// <summary>The key of today of whoever had or has this one.</summary>
    public EntityId Today(EntityId person) => _persons.TryGetValue(person, out var now) ? now : person;

    /// <summary>What Learn may have, by the keys of today; null when no key has changed.</summary>
    public KnownFiles? Rekeyed(KnownFiles before)
    {
        if (_persons.Count == 0)
        {
            return null;
        }

        var rekeyed = new KnownFiles();
        foreach (var name in before.Names.Where(name => !LearnObject.IsMovedFile(name) && name != LearnObject.Person.FormerKeysFile && name != LearnObject.Person.LoginsFile))
        {
            var file = rekeyed.Create(new KnownFile(name, "", before.IsConfirmed(name)) { Refused = before.RefusedLines(name), IsLost = before.IsLost(name) });
            Rekey(LearnObject.OfFile(name), () => new LearnFileReader(before.Find(name)!), file);
        }

        return rekeyed;
    }

    private void Rekey(LearnObject kind, Func<LearnFileReader> open, Stream rekeyed)
    {
        var reader = open();
        var rows = new RekeyedRows(
            [.. kind.Keys.Select(key => reader.Find(key.Name))], [.. Places(kind, reader)], _persons, kind == LearnObject.UserAssociation ? _associations : []);
        rows.Collect(reader);
        using var csv = new CsvWriter(rekeyed, CsvFormat.Bare(reader.Delimiter));
        csv.Header(reader.Columns);
        rows.Write(open(), csv);
    }

    /// <summary>Of those who were moved, and of those who had left by the time that they were to be moved once more.</summary>
    private static IEnumerable<(EntityId Before, EntityId Now)> Moved(KnownFiles known)
    {
        var (key, person) = (LearnObject.Person.Keys[0].Name, LearnObject.Person);
        var moved = Pairs(known.Find(person.MovedFile), key, person.NewKey);
        return known.Find(person.MovedFile) is null || known.IsConfirmed(person.MovedFile) ? moved : moved.Concat(Pairs(known.Find(person.MovingFile), MovingRows.Former, key));
    }

    private static IEnumerable<(EntityId Before, EntityId Now)> Pairs(Stream? file, string formerColumn, string newColumn)
    {
        if (file is null)
        {
            yield break;
        }

        var reader = new LearnFileReader(file);
        var (before, now) = (reader.Find(formerColumn), reader.Find(newColumn));
        while (before >= 0 && now >= 0 && reader.Read())
        {
            if (EntityId.TryFind(reader[before], out var former) && EntityId.TryFind(reader[now], out var key) && former != key)
            {
                yield return (former, key);
            }
        }
    }

    /// <summary>The columns that name a person.</summary>
    private static IEnumerable<int> Places(LearnObject kind, LearnFileReader reader) =>
        kind.PersonKeys.Select(key => reader.Find(kind.Keys[key].Name)).Append(kind.PersonValue is { } named ? reader.Find(named) : -1).Where(column => column >= 0);
}
