namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Reads rows back as a target would see them: values in quotes or bare, rows ended by a line feed. Knows how each value stood in the
/// file, so that a check can tell a missing or needless quote.
/// </summary>
internal sealed class CsvReader(Stream stream, byte delimiter)
{
    private readonly LineReader _lines = new(stream);
    private readonly List<(int Start, int Length, bool Quoted)> _values = [];

    /// <summary>1-based number of the row read last.</summary>
    public int Line => _lines.Line;

    public int Count => _values.Count;

    /// <summary>False when the row breaks the syntax: a quote that does not close, or text around one.</summary>
    public bool IsWellFormed { get; private set; }

    /// <summary>False when the row is the last one and lacks its line end.</summary>
    public bool HasLineEnd => _lines.HasLineEnd;

    /// <summary>The row read last as it stands in the file.</summary>
    public ReadOnlySpan<byte> Row => _lines.Current;

    public ReadOnlySpan<byte> this[int value] => _lines.Current.Slice(_values[value].Start, _values[value].Length);

    public bool IsQuoted(int value) => _values[value].Quoted;

    public bool Read()
    {
        if (!_lines.Read())
        {
            return false;
        }

        Split(_lines.Current);
        return true;
    }

    private void Split(ReadOnlySpan<byte> row)
    {
        _values.Clear();
        IsWellFormed = true;
        for (var at = 0; at <= row.Length;)
        {
            var isQuoted = at < row.Length && row[at] == '"';
            var begin = isQuoted ? at + 1 : at;
            var length = row[begin..].IndexOf(isQuoted ? (byte)'"' : delimiter);
            IsWellFormed &= length >= 0 || !isQuoted;
            length = length < 0 ? row.Length - begin : length;
            _values.Add((begin, length, isQuoted));
            at = begin + length + (isQuoted ? 1 : 0);
            IsWellFormed &= at >= row.Length || row[at] == delimiter;
            IsWellFormed &= isQuoted || !row.Slice(begin, length).Contains((byte)'"');
            at++;
        }
    }
}
