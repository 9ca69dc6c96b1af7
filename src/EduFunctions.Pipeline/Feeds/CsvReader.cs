namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Reads rows back as a target would see them: values in quotes or bare, quotes doubled within, rows ended by a line feed. Knows how each value
/// stood in the file, so that a check can tell a missing or needless quote.
/// </summary>
internal sealed class CsvReader(Stream stream, byte delimiter)
{
    private readonly LineReader _lines = new(stream);
    private readonly List<(int Start, int Length, bool Quoted, bool Doubled)> _values = [];

    /// <summary>1-based number of the line on which the row read last begins.</summary>
    public int Line { get; private set; }

    public int Count => _values.Count;

    /// <summary>False when the row breaks the syntax: a quote that does not close, or text around one.</summary>
    public bool IsWellFormed { get; private set; }

    /// <summary>False when the row is the last one and lacks its line end.</summary>
    public bool HasLineEnd => _lines.HasLineEnd;

    public ReadOnlySpan<byte> this[int value]
    {
        get
        {
            var written = _lines.Current.Slice(_values[value].Start, _values[value].Length);
            return _values[value].Doubled ? Single(written) : written;
        }
    }

    public bool IsQuoted(int value) => _values[value].Quoted;

    public bool Read()
    {
        if (!_lines.Read())
        {
            return false;
        }

        Line = _lines.Line;
        _values.Clear();
        IsWellFormed = true;
        for (var at = 0; at <= _lines.Current.Length;)
        {
            at = at < _lines.Current.Length && _lines.Current[at] == '"' ? Quoted(at + 1) : Bare(at);
        }

        return true;
    }

    /// <returns>Where the next value begins.</returns>
    private int Bare(int start)
    {
        var rest = _lines.Current[start..];
        var length = rest.IndexOf(delimiter) is >= 0 and var end ? end : rest.Length;
        IsWellFormed &= !rest[..length].Contains((byte)'"');
        _values.Add((start, length, false, false));
        return start + length + 1;
    }

    private int Quoted(int start)
    {
        var (end, doubled) = (start, false);
        for (var isOpen = true; isOpen;)
        {
            var row = _lines.Current;
            if (row[end..].IndexOf((byte)'"') is >= 0 and var quote)
            {
                end += quote;
                isOpen = end + 1 < row.Length && row[end + 1] == '"';
                (end, doubled) = isOpen ? (end + 2, true) : (end, doubled);
            }
            else
            {
                // The line end is part of the value.
                end = row.Length;
                isOpen = _lines.Extend();
                IsWellFormed &= isOpen;
            }
        }

        _values.Add((start, end - start, true, doubled));
        IsWellFormed &= end + 1 >= _lines.Current.Length || _lines.Current[end + 1] == delimiter;
        return end + 2;
    }

    private static byte[] Single(ReadOnlySpan<byte> doubled)
    {
        var (single, length) = (new byte[doubled.Length], 0);
        for (var at = 0; at < doubled.Length; at += doubled[at] == '"' ? 2 : 1)
        {
            single[length++] = doubled[at];
        }

        return single[..length];
    }
}
