using System.Collections;
using System.Numerics;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Rows with an id, found by it once <see cref="Index"/> has seen them, through open addressing over row numbers. Of rows with one id the
/// last added counts; the earlier ones stay in their place, so that row numbers hold, but are not current.
/// </summary>
public sealed class EntityTable<T> : IReservable
    where T : unmanaged
{
    private const int None = -1;

    private readonly Table<EntityId> _ids = new();
    private readonly Table<T> _rows = new();
    private readonly BitArray _superseded = new(0);
    private int _supersededCount;
    private int[] _slots = [];
    private int _indexed;
    private int[]? _sorted;

    public int Count => _rows.Count;

    /// <summary>Number of current rows, that is of different ids.</summary>
    public int Distinct => Count - _supersededCount;

    public Span<T> Rows => _rows.Rows;

    public ReadOnlySpan<EntityId> Ids => _ids.Rows;

    public ref T this[int row] => ref _rows[row];

    public EntityId Id(int row) => _ids[row];

    public bool IsCurrent(int row) => row >= _superseded.Length || !_superseded[row];

    public void Add(EntityId id, in T row)
    {
        _ids.Add(id);
        _rows.Add(row);
    }

    public void Add(EntityTable<T> other)
    {
        _ids.Add(other._ids.Rows);
        _rows.Add(other._rows.Rows);
    }

    public void Reserve(int capacity)
    {
        _ids.Reserve(capacity);
        _rows.Reserve(capacity);
    }

    public void Clear()
    {
        _ids.Clear();
        _rows.Clear();
    }

    /// <summary>Makes the rows added since the last call findable. A row without id is never current.</summary>
    /// <param name="replaced">Gets the id of every row that takes the place of an earlier one.</param>
    public void Index(Action<EntityId> replaced)
    {
        if (Count * 2 > _slots.Length)
        {
            Grow();
        }

        for (; _indexed < Count; _indexed++)
        {
            var id = _ids[_indexed];
            if (id.IsNone)
            {
                Supersede(_indexed);
                continue;
            }

            ref var slot = ref Slot(id);
            if (slot != 0)
            {
                Supersede(slot - 1);
                replaced(id);
            }

            slot = _indexed + 1;
        }
    }

    /// <summary>The current row with this id, or -1.</summary>
    public int Find(EntityId id) => _slots.Length == 0 ? None : Slot(id) - 1;

    /// <summary>The current rows in the order of their ids. To be asked when all rows are there.</summary>
    public ReadOnlySpan<int> ById() => _sorted ??= Sort();

    private void Supersede(int row)
    {
        if (row >= _superseded.Length)
        {
            _superseded.Length = _rows.Capacity;
        }

        _superseded[row] = true;
        _supersededCount++;
    }

    private int[] Sort()
    {
        var rows = IdSort.Order(_ids.Rows);
        return _supersededCount == 0 ? rows : Array.FindAll(rows, IsCurrent);
    }

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
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)_rows.Capacity * 2)];
        for (var row = 0; row < _indexed; row++)
        {
            if (!_ids[row].IsNone)
            {
                Slot(_ids[row]) = row + 1;
            }
        }
    }
}
