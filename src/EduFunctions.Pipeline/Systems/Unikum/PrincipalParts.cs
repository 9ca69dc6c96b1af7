using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Rows of the object file: of which kind one is, its last column says.</summary>
internal sealed class PrincipalParts : ITypedRows
{
    private static readonly PrincipalColumn[] Keys = [PrincipalFormat.School.Id, PrincipalFormat.School.UnitCode, PrincipalFormat.Class.Id, PrincipalFormat.User.Id];

    private static readonly PrincipalColumn[] Own = [PrincipalFormat.School.Form, PrincipalFormat.User.SchoolYear];

    public void Read(ReadOnlySpan<byte> row, ICollection<TypedPart> parts)
    {
        row = row.TrimEnd((byte)'\r');
        var last = row.LastIndexOf((byte)'\t') + 1;
        if (PrincipalFormat.Find(row[last..]) is not { } format)
        {
            return;
        }

        parts.Add(new TypedPart(PartKind.Own, last, row.Length - last));
        var number = 0;
        foreach (var range in row[..last].Split((byte)'\t'))
        {
            number++;
            var (start, length) = range.GetOffsetAndLength(last);
            if (length > 0 && KindOf(format, number) is { } kind)
            {
                parts.Add(new TypedPart(kind, start, length));
            }
        }
    }

    private static PartKind? KindOf(PrincipalFormat format, int number)
    {
        foreach (var column in format.Filled)
        {
            if (column.Number == number)
            {
                return Array.IndexOf(Keys, column) >= 0 ? PartKind.Key : Array.IndexOf(Own, column) >= 0 ? PartKind.Own : null;
            }
        }

        return null;
    }
}
