using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Rows of the relation file: two ids and two words.</summary>
internal sealed class RelationParts(RelationLayout layout) : ITypedRows
{
    private const int Ids = 2;

    private readonly Range[] _fields = new Range[4];

    public void Read(ReadOnlySpan<byte> row, ICollection<TypedPart> parts)
    {
        row = row.TrimEnd((byte)'\r');
        if (!layout.TryRead(row, _fields))
        {
            return;
        }

        for (var field = 0; field < _fields.Length; field++)
        {
            var (start, length) = _fields[field].GetOffsetAndLength(row.Length);
            parts.Add(new TypedPart(field < Ids ? PartKind.Key : PartKind.Own, start, length));
        }
    }
}
