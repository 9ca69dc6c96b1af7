using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

/// <summary>A table whose rows are made while they are written.</summary>
/// <param name="idOf">Where in a row an id stands.</param>
internal sealed class MadeTable<T>(string name, RowSource<T> source, IdOf<T> idOf) : IStoredTable
    where T : unmanaged
{
    /// <summary>Two blocks stay in the caches between making and writing, and one is worth a change of processors.</summary>
    private const int BlockBytes = 256 << 10;

    public string Name => name;

    public int Rows => source.Count;

    public int RowSize => Unsafe.SizeOf<T>();

    /// <summary>While rows are written, another processor makes the next ones.</summary>
    public void Write(Stream stream)
    {
        var length = Math.Min(BlockBytes / RowSize, Rows);
        var (block, spare) = (new T[length], new T[Math.Min(length, Rows - length)]);
        var rows = Make(block, 0);
        for (var next = length; next < Rows; next += length)
        {
            var (first, free) = (next, spare);
            var making = Task.Run(() => Make(free, first));
            stream.Write(MemoryMarshal.AsBytes(rows.Span));
            (block, spare) = (spare, block);
            rows = making.Result;
        }

        stream.Write(MemoryMarshal.AsBytes(rows.Span));
    }

    public void AddLongIds(HashSet<EntityId> found)
    {
        var block = new T[Math.Min(BlockBytes / RowSize, Rows)];
        for (var first = 0; first < Rows; first += block.Length)
        {
            foreach (ref readonly var row in Make(block, first).Span)
            {
                if (idOf(row) is var id && TextIds.IsLong(id))
                {
                    found.Add(id);
                }
            }
        }
    }

    private ReadOnlyMemory<T> Make(T[] block, int first)
    {
        var rows = block.AsMemory(0, Math.Clamp(Rows - first, 0, block.Length));
        if (!rows.IsEmpty)
        {
            source.Make(first, rows.Span);
        }

        return rows;
    }
}
