namespace EduFunctions.Pipeline.Storage;

/// <summary>Makes rows of a table, beginning with the first.</summary>
public delegate void RowMaker<T>(int first, Span<T> rows)
    where T : unmanaged;

/// <summary>A table of which any rows can be made when they are wanted, so that it never lies in memory as a whole.</summary>
public sealed record RowSource<T>(int Count, RowMaker<T> Make)
    where T : unmanaged;
