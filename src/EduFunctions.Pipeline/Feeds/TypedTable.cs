using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Rows with a delimiter between values, below a row of titles. What looks otherwise is text all over: a row that is not well formed, all rows behind a value with a
/// line end in it, and columns whose titles nobody knows.
/// </summary>
internal sealed class TypedTable(TypedColumns columns) : ITypedRows
{
    private static readonly SearchValues<byte> InTitles = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.\""u8);

    private readonly List<(int Start, int Length)> _values = [];
    private readonly List<PartKind?> _kinds = [];
    private byte _delimiter;
    private bool _isBegun;

    /// <summary>Whether a value went on in another line: from there on nobody knows in which column something stands.</summary>
    private bool _isBroken;

    public void Read(ReadOnlySpan<byte> row, ICollection<TypedPart> parts)
    {
        if (!_isBegun)
        {
            _isBegun = true;
            ReadTitles(row, parts);
            return;
        }

        if (_kinds.Count == 0 || _isBroken || !Split(row) || _values.Count > _kinds.Count)
        {
            return;
        }

        for (var column = 0; column < _values.Count; column++)
        {
            if (_kinds[column] is { } kind && _values[column] is { Length: > 0 } value)
            {
                parts.Add(new TypedPart(kind, value.Start, value.Length));
            }
        }
    }

    private void ReadTitles(ReadOnlySpan<byte> row, ICollection<TypedPart> parts)
    {
        var mark = row.StartsWith("\uFEFF"u8) ? 3 : 0;
        var end = row[mark..].IndexOfAnyExcept(InTitles);
        _delimiter = end < 0 ? (byte)',' : row[mark + end];
        if (!Split(row))
        {
            return;
        }

        foreach (var (index, (start, length)) in _values.Index())
        {
            var from = index == 0 ? start + mark : start;
            var title = Encoding.UTF8.GetString(row.Slice(from, length - (from - start)));
            _kinds.Add(columns.KindOf(title));
            if (columns.Knows(title))
            {
                parts.Add(new TypedPart(PartKind.Own, start, length));
            }
        }
    }

    /// <summary>False for a row in which a quote does not close.</summary>
    private bool Split(ReadOnlySpan<byte> row)
    {
        _values.Clear();
        row = row.TrimEnd((byte)'\r');
        for (var at = 0; at <= row.Length;)
        {
            var isQuoted = at < row.Length && row[at] == '"';
            var end = isQuoted ? EndOfQuoted(row, at + 1) : row[at..].IndexOf(_delimiter) is >= 0 and var next ? at + next : row.Length;
            if (end < 0 || (isQuoted && end < row.Length && row[end] != _delimiter))
            {
                _isBroken |= end < 0;
                return false;
            }

            _values.Add(isQuoted ? (at + 1, end - at - 2) : (at, end - at));
            at = end + 1;
        }

        return true;
    }

    /// <returns>Behind the quote that closes; -1 where none does.</returns>
    private static int EndOfQuoted(ReadOnlySpan<byte> row, int at)
    {
        while (row[at..].IndexOf((byte)'"') is >= 0 and var quote)
        {
            at += quote + 1;
            if (at == row.Length || row[at] != '"')
            {
                return at;
            }

            at++;
        }

        return -1;
    }
}
