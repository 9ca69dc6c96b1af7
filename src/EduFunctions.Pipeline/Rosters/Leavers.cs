using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>Whoever leaves targets by keys alone: protected, or gone with somebody who is.</summary>
internal sealed class Leavers
{
    // Looked up by whatever id a file has, which may be no id that was ever read.
    private readonly HashSet<EntityId> _ids;
    private readonly Roster _roster;

    public Leavers(Roster roster)
    {
        _roster = roster;
        _ids = [.. roster.KeysOnly.Rows];
        foreach (ref readonly var person in _ids.Count == 0 ? [] : roster.Persons.Rows)
        {
            _ids.Remove(person.Id);
        }

        foreach (ref readonly var id in roster.Protected.Rows)
        {
            _ids.Add(id);
        }
    }

    public IEnumerable<EntityId> InOrder => _ids.Order();

    public bool HasCompanions => _ids.Count > _roster.Protected.Count;

    /// <summary>Whether somebody goes only as one who answers for somebody protected.</summary>
    public bool IsCompanion(EntityId id) => _ids.Contains(id) && _roster.Protected.Rows.BinarySearch(id) < 0;

    /// <summary>Somebody who goes on by another id, and so is not gone with anybody.</summary>
    public void Remove(EntityId id) => _ids.Remove(id);

    /// <summary>Somebody who turned out to be one of them under another id.</summary>
    public void Add(ReadOnlySpan<byte> id)
    {
        if (EntityId.TryFind(id, out var person))
        {
            _ids.Add(person);
        }
    }

    public bool Has(EntityId id) => _ids.Contains(id);

    /// <summary>The same of an id as a file has it.</summary>
    public bool Has(ReadOnlySpan<byte> id) => _ids.Count > 0 && EntityId.TryFind(id, out var person) && Has(person);
}
