using System.Text;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Lines of XML: tags are the product's own, and values are by the element that they stand in on the same line.</summary>
internal sealed class TypedXml(TypedColumns elements) : ITypedRows
{
    public void Read(ReadOnlySpan<byte> row, ICollection<TypedPart> parts)
    {
        PartKind? kind = null;
        for (var at = 0; at < row.Length;)
        {
            var end = row[at..].IndexOfAny((byte)'<', (byte)'>') is >= 0 and var next ? at + next : row.Length;
            if (end < row.Length && row[end] == '>')
            {
                parts.Add(new TypedPart(PartKind.Own, at, end - at));
                kind = elements.KindOf(Encoding.UTF8.GetString(row[at..end]));
            }
            else if (kind is { } typed && end > at)
            {
                parts.Add(new TypedPart(typed, at, end - at));
            }

            at = end + 1;
        }
    }
}
