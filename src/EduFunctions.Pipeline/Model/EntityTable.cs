using System.Collections;
using System.Numerics;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Rows with an id, found by it once <see cref="Index"/> has seen them, through open addressing over row numbers. Of rows with one id the
/// last added counts; the earlier ones stay in their place, so that row numbers hold, but are not current. Slots and ids lie anywhere in many
/// megabytes: whoever looks up several asks for them together, so that the processor waits for many at once instead of for one after the other.
/// </summary>
public sealed class EntityTable<T> : IReservable
    where T : unmanaged
{
    private const int None = -1;
    private const int BatchSize = 64;

    private readonly Table<EntityId> _ids = new();
    private readonly Table<T> _rows = new();
    private readonly BitArray _superseded = new(0);
    private int _supersededCount;

    /// <summary>0, or a row's number plus one and, in the bits above, those of its id's hash that the place does not tell.</summary>
    private int[] _slots = [];
    private int _indexed;
    private int[]? _sorted;

    /// <summary>False of what the register does not list at all: to refer to it is no fault.</summary>
    public bool IsListed { get; set; } = true;

    public int Count => _rows.Count;

    /// <summary>Number of current rows, that is of different ids.</summary>
    public int Distinct => Count - _supersededCount;

    public Span<T> Rows => _rows.Rows;

    public ReadOnlySpan<EntityId> Ids => _ids.Rows;

    public ref T this[int row] => ref _rows[row];

    public EntityId Id(int row) => _ids[row];

    private int Mask => _slots.Length - 1;

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

        Span<int> touched = stackalloc int[BatchSize];
        while (_indexed < Count)
        {
            var end = Math.Min(Count, _indexed + BatchSize);
            Touch(_ids.Rows[_indexed..end], touched);
            for (; _indexed < end; _indexed++)
            {
                IndexRow(_indexed, replaced);
            }
        }
    }

    /// <summary>The current row with this id, or -1.</summary>
    public int Find(EntityId id) => _slots.Length == 0 ? None : RowIn(_slots[PlaceOf(id)]);

    /// <summary>The current rows with these ids, or -1; some dozens at a time are best.</summary>
    public void Find(ReadOnlySpan<EntityId> ids, Span<int> rows)
    {
        if (_slots.Length == 0)
        {
            rows.Fill(None);
            return;
        }

        Touch(ids, rows);
        for (var at = 0; at < ids.Length; at++)
        {
            var hash = ids[at].GetHashCode();
            rows[at] = RowIn(_slots[PlaceLike(hash, hash)]);
        }

        for (var at = 0; at < ids.Length; at++)
        {
            if (rows[at] >= 0 && _ids[rows[at]] != ids[at])
            {
                rows[at] = Find(ids[at]);
            }
        }
    }

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

    private void IndexRow(int row, Action<EntityId> replaced)
    {
        var id = _ids[row];
        if (id.IsNone)
        {
            Supersede(row);
            return;
        }

        ref var slot = ref _slots[PlaceOf(id)];
        if (slot != 0)
        {
            Supersede(RowIn(slot));
            replaced(id);
        }

        slot = SlotOf(id, row);
    }

    /// <summary>Gets the slots where the search for these ids begins.</summary>
    private void Touch(ReadOnlySpan<EntityId> ids, Span<int> slots)
    {
        var (all, mask) = (_slots, Mask);
        for (var at = 0; at < ids.Length; at++)
        {
            slots[at] = all[ids[at].GetHashCode() & mask];
        }
    }

    private int SlotOf(EntityId id, int row) => (row + 1) | (id.GetHashCode() & ~Mask);

    private int RowIn(int slot) => (slot & Mask) - 1;

    /// <summary>The place of an id, or the free one where it belongs.</summary>
    private int PlaceOf(EntityId id)
    {
        var hash = id.GetHashCode();
        var place = PlaceLike(hash, hash);
        while (_slots[place] != 0 && _ids[RowIn(_slots[place])] != id)
        {
            place = PlaceLike(hash, place + 1);
        }

        return place;
    }

    /// <summary>The first place from there on that is free or has an id with, as far as its slot tells, the same hash.</summary>
    private int PlaceLike(int hash, int start)
    {
        var (slots, mask) = (_slots, Mask);
        var place = start & mask;
        while (slots[place] != 0 && ((slots[place] ^ hash) & ~mask) != 0)
        {
            place = (place + 1) & mask;
        }

        return place;
    }

    private void Grow()
    {
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)_rows.Capacity * 2)];
        for (var row = 0; row < _indexed; row++)
        {
            if (!_ids[row].IsNone)
            {
                _slots[PlaceOf(_ids[row])] = SlotOf(_ids[row], row);
            }
        }
    }
}
