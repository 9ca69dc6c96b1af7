namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Rows with an id, found by it through open addressing over row numbers. Of rows with one id the last added counts;
/// the earlier ones stay in their place, so that row numbers hold, but are not current.
/// </summary>
public sealed class EntityTable<T>
    where T : unmanaged
{
    private const int None = -1;

    private readonly Table<EntityId> _ids = new();
    private readonly Table<T> _rows = new();
    private readonly HashSet<int> _superseded = [];
    private int[] _slots = [];

    public int Count => _rows.Count;

    /// <summary>Number of current rows, that is of different ids.</summary>
    public int Distinct => Count - _superseded.Count;

    public Span<T> Rows => _rows.Rows;

    public ReadOnlySpan<EntityId> Ids => _ids.Rows;

    public ref T this[int row] => ref _rows[row];

    public EntityId Id(int row) => _ids[row];

    public bool IsCurrent(int row) => _superseded.Count == 0 || !_superseded.Contains(row);

    /// <summary>Adds a row; true when it takes the place of an earlier one with the same id. A row without id is never current.</summary>
    public bool Add(EntityId id, in T row)
    {
        if (id.IsNone)
        {
            _superseded.Add(Count);
            _ids.Add(id);
            _rows.Add(row);
            return false;
        }

        if ((Count + 1) * 2 > _slots.Length)
        {
            Grow();
        }

        _ids.Add(id);
        _rows.Add(row);
        ref var slot = ref Slot(id);
        var replaces = slot != 0;
        if (replaces)
        {
            _superseded.Add(slot - 1);
        }

        slot = Count;
        return replaces;
    }

    /// <summary>The current row with this id, or -1.</summary>
    public int Find(EntityId id) => _slots.Length == 0 ? None : Slot(id) - 1;

    private ref int Slot(EntityId id)
    {
        var mask = _slots.Length - 1;
        var at = id.GetHashCode() & mask;
        while (_slots[at] != 0 && _ids[_slots[at] - 1] != id)
        {
            at = (at + 1) & mask;
        }

        return ref _slots[at];
    }

    private void Grow()
    {
        _slots = new int[Math.Max(64, _slots.Length * 2)];
        for (var row = 0; row < Count; row++)
        {
            if (!_ids[row].IsNone)
            {
                Slot(_ids[row]) = row + 1;
            }
        }
    }
}
