using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

/// <summary>A table whose rows are made while they are written.</summary>
/// <param name="idOf">Where in a row an id stands.</param>
internal sealed class MadeTable<T>(string name, RowSource<T> source, IdOf<T> idOf) : IStoredTable
    where T : unmanaged
{
    /// <summary>Blocks stay in the processor's cache between making and writing.</summary>
    private const int BlockBytes = 64 << 10;

    public string Name => name;

    public int Rows => source.Count;

    public int RowSize => Unsafe.SizeOf<T>();

    public void Write(Stream stream)
    {
        var block = new T[BlockBytes / RowSize];
        for (var first = 0; first < Rows; first += block.Length)
        {
            stream.Write(MemoryMarshal.AsBytes(Make(block, first)));
        }
    }

    public void AddLongIds(HashSet<EntityId> found)
    {
        var block = new T[BlockBytes / RowSize];
        for (var first = 0; first < Rows; first += block.Length)
        {
            foreach (ref readonly var row in Make(block, first))
            {
                if (idOf(row) is var id && IdText.IsLong(id))
                {
                    found.Add(id);
                }
            }
        }
    }

    private ReadOnlySpan<T> Make(T[] block, int first)
    {
        var rows = block.AsSpan(0, Math.Min(block.Length, Rows - first));
        source.Make(first, rows);
        return rows;
    }
}
