namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Reads rows back as a target would see them: values in quotes or bare, quotes doubled within, rows ended by a line feed. Knows how each value
/// stood in the file, so that a check can tell a missing or needless quote.
/// </summary>
/// <param name="escape">What stands before a quote within quotes, where a target has them escaped instead of doubled; 0 for none.</param>
internal sealed class CsvReader(Stream stream, byte delimiter, byte escape = 0)
{
    /// <summary>Far more than any file has columns.</summary>
    private const int MostValues = 1 << 20;

    private readonly LineReader _lines = new(stream);
    private readonly byte[] _inQuotes = escape == 0 ? [(byte)'"'] : [(byte)'"', escape];
    private readonly List<(int Start, int Length, bool Quoted, bool Doubled)> _values = [];

    /// <summary>1-based number of the line on which the row read last begins.</summary>
    public int Line { get; private set; }

    public int Count => _values.Count;

    /// <summary>False when the row breaks the syntax: a quote that does not close, or text around one.</summary>
    public bool IsWellFormed { get; private set; }

    /// <summary>Whether a quote of the row does not close before the file ends.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The row as it stands in the file, without its line end.</summary>
    public ReadOnlySpan<byte> Row => _lines.Current;

    /// <summary>False when the row is the last one and lacks its line end.</summary>
    public bool HasLineEnd => _lines.HasLineEnd;

    public ReadOnlySpan<byte> this[int value]
    {
        get
        {
            var written = Written(value);
            return _values[value].Doubled ? Single(written) : written;
        }
    }

    public bool IsQuoted(int value) => _values[value].Quoted;

    /// <summary>The value as it stands in the file, without the quotes around it.</summary>
    public ReadOnlySpan<byte> Written(int value) => _lines.Current.Slice(_values[value].Start, _values[value].Length);

    /// <summary>Where in the row the value begins.</summary>
    public int StartOf(int value) => _values[value].Start;

    public bool Read()
    {
        if (!_lines.Read())
        {
            return false;
        }

        Line = _lines.Line;
        _values.Clear();
        (IsWellFormed, IsOpen) = (true, false);
        for (var at = 0; at <= _lines.Current.Length;)
        {
            at = at < _lines.Current.Length && _lines.Current[at] == '"' ? Quoted(at + 1) : Bare(at);
            if (_values.Count > MostValues)
            {
                throw new InvalidDataException($"line {Line} has more than {MostValues} values.");
            }
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
            if (row[end..].IndexOfAny(_inQuotes) is >= 0 and var quote)
            {
                end += quote;
                isOpen = row[end] != '"' || (end + 1 < row.Length && row[end + 1] == '"');
                (end, doubled) = isOpen ? (Math.Min(end + 2, row.Length), true) : (end, doubled);
            }
            else
            {
                // The line end is part of the value.
                end = row.Length;
                isOpen = _lines.Extend();
                IsOpen = !isOpen;
                IsWellFormed &= isOpen;
            }
        }

        _values.Add((start, end - start, true, doubled));
        IsWellFormed &= end + 1 >= _lines.Current.Length || _lines.Current[end + 1] == delimiter;
        return end + 2;
    }

    private byte[] Single(ReadOnlySpan<byte> doubled)
    {
        var (single, length) = (new byte[doubled.Length], 0);
        for (var at = 0; at < doubled.Length; at++)
        {
            // What stands behind the one of two is the value's.
            at += _inQuotes.AsSpan().Contains(doubled[at]) && at + 1 < doubled.Length ? 1 : 0;
            single[length++] = doubled[at];
        }

        return single[..length];
    }
}
