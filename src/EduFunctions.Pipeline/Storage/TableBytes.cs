using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

public delegate EntityId IdOf<T>(in T row);

/// <summary>A table as <see cref="TableFile"/> writes and reads it: rows as the bytes they lie in.</summary>
/// <param name="Resize">Makes room for a number of rows whose bytes are then filled in.</param>
/// <param name="LongIds">Adds those of the rows' ids whose texts do not fit into them.</param>
public sealed record TableBytes(string Name, int RowSize, Func<Span<byte>> Bytes, Action<int> Resize, Action<HashSet<EntityId>> LongIds) : IStoredTable
{
    public int Rows => Bytes().Length / RowSize;

    public static TableBytes Of(string name, Table<EntityId> ids) => Of(name, ids, static (in id) => id);

    /// <param name="ids">Where in a row an id stands.</param>
    public static TableBytes Of<T>(string name, Table<T> table, params IdOf<T>[] ids)
        where T : unmanaged =>
        new(name, Unsafe.SizeOf<T>(), () => MemoryMarshal.AsBytes(table.Rows), table.Resize, found => AddLong(table, ids, found));

    public static TableBytes Of(string name, TextHeap texts, ushort chunk) =>
        new(name, 1, () => texts.Chunk(chunk), length => texts.Add(TextChunk.From(chunk, GC.AllocateUninitializedArray<byte>(length))), _ => { });

    public void Write(Stream stream) => stream.Write(Bytes());

    public void AddLongIds(HashSet<EntityId> found) => LongIds(found);

    private static void AddLong<T>(Table<T> table, IdOf<T>[] ids, HashSet<EntityId> found)
        where T : unmanaged
    {
        foreach (var idOf in ids)
        {
            foreach (ref readonly var row in table.Rows)
            {
                if (idOf(row) is var id && TextIds.IsLong(id))
                {
                    found.Add(id);
                }
            }
        }
    }
}
