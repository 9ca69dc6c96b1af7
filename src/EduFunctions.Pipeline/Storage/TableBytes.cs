using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Storage;

/// <summary>A table as <see cref="TableFile"/> writes it.</summary>
public sealed record TableBytes(string Name, int Rows, int RowSize, Action<Stream> WriteTo)
{
    public static TableBytes Of<T>(string name, Table<T> table)
        where T : unmanaged =>
        new(name, table.Count, Unsafe.SizeOf<T>(), stream => stream.Write(MemoryMarshal.AsBytes(table.Rows)));

    public static TableBytes Of(string name, TextHeap texts)
    {
        var bytes = texts.SingleChunk;
        return new(name, bytes.Length, 1, stream => stream.Write(bytes.Span));
    }
}
