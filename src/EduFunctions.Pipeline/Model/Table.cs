using System.Runtime.CompilerServices;

namespace EduFunctions.Pipeline.Model;

/// <summary>Rows of a fixed size in one array. A list, but rows are changed in place and copied in blocks.</summary>
public sealed class Table<T> : IReservable
    where T : unmanaged
{
    private T[] _rows;

    public Table() => _rows = [];

    public Table(T[] rows)
    {
        _rows = rows;
        Count = rows.Length;
    }

    public int Count { get; private set; }

    public int Capacity => _rows.Length;

    public Span<T> Rows => _rows.AsSpan(0, Count);

    public ref T this[int row] => ref _rows[row];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in T row)
    {
        if (Count == _rows.Length)
        {
            Reserve(Math.Max(16, Count * 2));
        }

        _rows[Count++] = row;
    }

    public void Add(ReadOnlySpan<T> rows)
    {
        if (Count + rows.Length > _rows.Length)
        {
            Reserve(Math.Max(Count + rows.Length, _rows.Length + (_rows.Length / 2)));
        }

        rows.CopyTo(_rows.AsSpan(Count));
        Count += rows.Length;
    }

    public void Reserve(int capacity)
    {
        var count = Count;
        Resize(Math.Max(capacity, count));
        Count = count;
    }

    public void Clear() => Count = 0;

    public void Truncate(int count) => Count = Math.Min(Count, count);

    /// <summary>Makes the table so long; what new rows hold is not said.</summary>
    public void Resize(int count)
    {
        if (count > _rows.Length)
        {
            var rows = GC.AllocateUninitializedArray<T>(count);
            Rows.CopyTo(rows);
            _rows = rows;
        }

        Count = count;
    }

    /// <summary>Takes these rows instead of its own.</summary>
    public void Replace(T[] rows) => (_rows, Count) = (rows, rows.Length);

    public void RemoveAll(Predicate<T> unwanted)
    {
        var kept = 0;
        foreach (ref readonly var row in Rows)
        {
            if (!unwanted(row))
            {
                _rows[kept++] = row;
            }
        }

        Count = kept;
    }
}
