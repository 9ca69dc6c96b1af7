namespace EduFunctions.Pipeline.Contracts;

/// <summary>What stands in a part of a row that is no text of a register. Everything else is looked through for protected persons.</summary>
public enum PartKind
{
    /// <summary>What the product itself writes: titles of columns, roles and other words of a list, dates, settings. Nobody is in it.</summary>
    Own,

    /// <summary>An id, or a number that is one: somebody's as a whole, or nobody's.</summary>
    Key,
}

/// <param name="Start">In bytes.</param>
public readonly record struct TypedPart(PartKind Kind, int Start, int Length);

/// <summary>Tells what stands in the rows of one file, from its first row on.</summary>
public interface ITypedRows
{
    /// <summary>Adds what of the row is no text of a register. What it does not understand, it leaves out.</summary>
    void Read(ReadOnlySpan<byte> row, ICollection<TypedPart> parts);
}
