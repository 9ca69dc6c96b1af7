using System.Buffers;
using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Which column of the relation file holds what, and what stands between columns.</summary>
internal sealed partial class RelationLayout
{
    public static ReadOnlySpan<byte> Add => "add"u8;

    public static ReadOnlySpan<byte> Remove => "remove"u8;

    private const string Field = @"\{(?<field>subject|object|type|operation)\}";

    private static readonly string[] Fields = ["subject", "object", "type", "operation"];

    private readonly byte _delimiter;

    // By column.
    private readonly int[] _fields;

    private RelationLayout(byte delimiter, int[] fields) => (_delimiter, _fields) = (delimiter, fields);

    public byte Delimiter => _delimiter;

    /// <summary>The layout that a row shows by its words; null where it shows none.</summary>
    public static RelationLayout? Of(ReadOnlySpan<byte> row)
    {
        var delimiter = (byte)(row.Contains((byte)'\t') ? '\t' : row.Contains((byte)';') ? ';' : ',');
        var fields = new List<int>();
        foreach (var range in row.Split(delimiter))
        {
            var word = row[range];
            fields.Add(RelationType.Find(word) >= 0 ? 2 : word.SequenceEqual(Add) || word.SequenceEqual(Remove) ? 3 : fields.Contains(0) ? 1 : 0);
        }

        return fields.Count == Fields.Length && fields.Distinct().Count() == Fields.Length ? new RelationLayout(delimiter, [.. fields]) : null;
    }

    /// <summary>The column in which a field stands: subject, object, type, operation.</summary>
    public int PlaceOf(int field) => Array.IndexOf(_fields, field);

    /// <summary>Null for a layout that is none.</summary>
    public static RelationLayout? Parse(string text)
    {
        var match = Pattern().Match(text);
        var fields = match.Groups["field"].Captures.Select(field => Array.IndexOf(Fields, field.Value)).ToArray();
        return match.Success && fields.Distinct().Count() == Fields.Length
            ? new RelationLayout((byte)match.Groups["delimiter"].Value[0], fields)
            : null;
    }

    /// <summary>Whether a row, in whatever layout, takes a relation away.</summary>
    public static bool IsRemoval(ReadOnlySpan<byte> row)
    {
        foreach (var column in row.SplitAny("\t,;\r"u8))
        {
            if (row[column].SequenceEqual(Remove))
            {
                return true;
            }
        }

        return false;
    }

    public void Write(ArrayBufferWriter<byte> row, ReadOnlySpan<byte> subject, ReadOnlySpan<byte> @object, RelationType type, ReadOnlySpan<byte> operation)
    {
        for (var column = 0; column < _fields.Length; column++)
        {
            if (column > 0)
            {
                row.Write([_delimiter]);
            }

            row.Write(_fields[column] switch { 0 => subject, 1 => @object, 2 => type.Name, _ => operation });
        }
    }

    /// <param name="fields">Gets where subject, object, type and operation stand.</param>
    /// <returns>False when the row has another number of columns.</returns>
    public bool TryRead(ReadOnlySpan<byte> row, Span<Range> fields)
    {
        var column = 0;
        foreach (var range in row.Split(_delimiter))
        {
            if (column < _fields.Length)
            {
                fields[_fields[column]] = range;
            }

            column++;
        }

        return column == _fields.Length;
    }

    [GeneratedRegex($@"^{Field}(?<delimiter>[\t,;]){Field}\k<delimiter>{Field}\k<delimiter>{Field}$")]
    private static partial Regex Pattern();
}
