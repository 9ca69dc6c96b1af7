using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Different ids in 16 bytes each: collected in one array that is sorted and thinned whenever it is full. A hash set takes three times as much.</summary>
internal sealed class IdCollector
{
    private EntityId[] _ids = new EntityId[1024];
    private int _count;
    private int _settled;

    /// <summary>How many were added, the same one as often as it came.</summary>
    public long Added { get; private set; }

    /// <summary>The different ids, in order.</summary>
    public ReadOnlySpan<EntityId> Ids
    {
        get
        {
            Settle();
            return _ids.AsSpan(0, _count);
        }
    }

    public void Add(EntityId id)
    {
        if (_count == _ids.Length)
        {
            Settle();
            if (_count > _ids.Length / 2)
            {
                Array.Resize(ref _ids, _ids.Length * 2);
            }
        }

        Added++;
        _ids[_count++] = id;
    }

    public void Add(IdCollector other)
    {
        foreach (var id in other.Ids)
        {
            Add(id);
        }
    }

    public bool Contains(EntityId id) => Ids.BinarySearch(id) >= 0;

    public bool ContainsAny(IReadOnlySet<EntityId> ids)
    {
        foreach (var id in Ids)
        {
            if (ids.Contains(id))
            {
                return true;
            }
        }

        return false;
    }

    public bool HasOthers(IReadOnlySet<EntityId> ids)
    {
        foreach (var id in Ids)
        {
            if (!ids.Contains(id))
            {
                return true;
            }
        }

        return false;
    }

    private void Settle()
    {
        if (_settled == _count)
        {
            return;
        }

        // Only what has come is sorted; the others are in order already.
        var old = _ids.AsSpan(0, _settled);
        var fresh = _ids.AsSpan(_settled, _count - _settled);
        var (merged, count, at) = (new EntityId[_ids.Length], 0, 0);
        foreach (var place in IdSort.Order(fresh))
        {
            ref readonly var id = ref fresh[place];
            while (at < old.Length && old[at].CompareTo(id) <= 0)
            {
                merged[count++] = old[at++];
            }

            if (count == 0 || merged[count - 1] != id)
            {
                merged[count++] = id;
            }
        }

        old[at..].CopyTo(merged.AsSpan(count));
        (_ids, _settled) = (merged, count + old.Length - at);
        _count = _settled;
    }
}
