namespace EduFunctions.Pipeline.Protection;

/// <summary>Whether rows that a target has would name a protected person, and whether any was found that does.</summary>
/// <param name="values">Apart from what others say of themselves who were delivered with them.</param>
/// <param name="all">With that.</param>
internal sealed class TellingRows(ProtectedValues values, ProtectedValues all)
{
    private readonly RowScan _scan = new(values);
    private readonly RowScan _all = new(all);

    public TellingRows(ProtectedValues values)
        : this(values, values)
    {
    }

    public bool IsFound { get; private set; }

    public bool Is(ReadOnlySpan<byte> row)
    {
        var isTelling = _scan.IsTelling(row);
        IsFound |= isTelling;
        return isTelling;
    }

    public bool MayBe(ReadOnlySpan<byte> row) => _all.IsTelling(row);
}
