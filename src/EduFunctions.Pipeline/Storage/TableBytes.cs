using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

/// <summary>A table as <see cref="TableFile"/> writes and reads it: rows as the bytes they lie in.</summary>
/// <param name="Resize">Makes room for a number of rows whose bytes are then filled in.</param>
public sealed record TableBytes(string Name, int RowSize, Func<Span<byte>> Bytes, Action<int> Resize)
{
    public int Rows => Bytes().Length / RowSize;

    public static TableBytes Of<T>(string name, Table<T> table)
        where T : unmanaged =>
        new(name, Unsafe.SizeOf<T>(), () => MemoryMarshal.AsBytes(table.Rows), table.Resize);

    public static TableBytes Of(string name, TextHeap texts, ushort chunk) =>
        new(name, 1, () => texts.Chunk(chunk), length => texts.Add(TextChunk.From(chunk, GC.AllocateUninitializedArray<byte>(length))));
}
