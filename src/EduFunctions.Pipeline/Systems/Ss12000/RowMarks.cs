using System.IO.Hashing;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>
/// Of each row of a collection the page it stands on and what it is surely without, in 12 bytes, so that the next pull need not take every page apart to know it.
/// A row goes by a hash of its id: where two share one, a page is read for nothing.
/// </summary>
internal sealed class RowMarks
{
    private const int PartBits = 8;
    private const int Size = sizeof(ulong) + sizeof(uint);

    private readonly List<ulong> _rows = [];
    private readonly List<uint> _marks = [];
    private int _sorted;
    private uint _page;

    public RowMarks()
    {
    }

    /// <param name="bytes">As <see cref="ToBytes"/> has made them; there are as many numbers as hashes.</param>
    /// <exception cref="InvalidDataException">They are no marks.</exception>
    public RowMarks(ReadOnlySpan<byte> bytes)
    {
        var count = bytes.Length % Size == 0 ? bytes.Length / Size : throw new InvalidDataException("The marks of rows are cut.");
        _rows.AddRange(MemoryMarshal.Cast<byte, ulong>(bytes[..(count * sizeof(ulong))]));
        _marks.AddRange(MemoryMarshal.Cast<byte, uint>(bytes[(count * sizeof(ulong))..]));
    }

    /// <summary>The page is read, perhaps once more.</summary>
    public void Begin(int page)
    {
        _page = (uint)page;
        var kept = _marks.Count;
        while (kept > 0 && _marks[kept - 1] >> PartBits >= _page)
        {
            kept--;
        }

        CollectionsMarshal.SetCount(_rows, kept);
        CollectionsMarshal.SetCount(_marks, kept);
    }

    /// <param name="without">A bit for each part that it is surely without.</param>
    public void Add(EntityId row, byte without)
    {
        _rows.Add(HashOf(row));
        _marks.Add((_page << PartBits) | without);
    }

    /// <summary>Adds the marks of pages that follow.</summary>
    public void Add(RowMarks other)
    {
        _rows.AddRange(other._rows);
        _marks.AddRange(other._marks);
    }

    public bool Has(EntityId row) => First(HashOf(row)) is var at && at < _rows.Count && _rows[at] == HashOf(row);

    /// <summary>Adds the pages on which the row stands and may have the part.</summary>
    /// <param name="part">Null for the pages on which it stands.</param>
    public void AddPages(EntityId row, int? part, HashSet<int> pages)
    {
        var hash = HashOf(row);
        for (var at = First(hash); at < _rows.Count && _rows[at] == hash; at++)
        {
            if (part is null || (_marks[at] >> part.Value & 1) == 0)
            {
                pages.Add((int)(_marks[at] >> PartBits));
            }
        }
    }

    /// <summary>All hashes in order, little-endian, then as many numbers: page in the upper 24 bits, parts in the lower eight.</summary>
    public byte[] ToBytes()
    {
        Sort();
        return [.. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_rows)), .. MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(_marks))];
    }

    public static ulong HashOf(EntityId row) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<EntityId>(in row)));

    private int First(ulong hash)
    {
        Sort();
        var (from, to) = (0, _rows.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _rows[middle] < hash ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private void Sort()
    {
        if (_sorted != _rows.Count)
        {
            CollectionsMarshal.AsSpan(_rows).Sort(CollectionsMarshal.AsSpan(_marks));
            _sorted = _rows.Count;
        }
    }
}
