namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Reads rows back as a target would see them: values in quotes or bare, rows ended by a line feed. Knows how each value stood in the
/// file, so that a check can tell a missing or needless quote.
/// </summary>
internal sealed class CsvReader(Stream stream, byte delimiter)
{
    private readonly List<(int Start, int Length, bool Quoted)> _values = [];
    private byte[] _block = new byte[1 << 16];
    private int _start;
    private int _end;

    /// <summary>1-based number of the row read last.</summary>
    public int Line { get; private set; }

    public int Count => _values.Count;

    /// <summary>False when the row breaks the syntax: a quote that does not close, or text around one.</summary>
    public bool IsWellFormed { get; private set; }

    /// <summary>False when the row is the last one and lacks its line end.</summary>
    public bool HasLineEnd { get; private set; }

    public ReadOnlySpan<byte> this[int value] => _block.AsSpan(_values[value].Start, _values[value].Length);

    public bool IsQuoted(int value) => _values[value].Quoted;

    public bool Read()
    {
        var length = NextRow();
        if (length < 0)
        {
            return false;
        }

        Line++;
        Split(_block.AsSpan(_start, length));
        _start += length + (HasLineEnd ? 1 : 0);
        return true;
    }

    /// <summary>Length of the row that begins at the start of the block's rest, -1 at the end of the file.</summary>
    private int NextRow()
    {
        for (var searched = 0; ;)
        {
            var at = _block.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (at >= 0)
            {
                HasLineEnd = true;
                return searched + at;
            }

            searched = _end - _start;
            if (!Fill())
            {
                HasLineEnd = false;
                return searched == 0 ? -1 : searched;
            }
        }
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _block.AsSpan(_start, _end - _start).CopyTo(_block);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _block.Length)
        {
            Array.Resize(ref _block, _block.Length * 2);
        }

        var read = stream.Read(_block, _end, _block.Length - _end);
        _end += read;
        return read > 0;
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
            _values.Add((_start + begin, length, isQuoted));
            at = begin + length + (isQuoted ? 1 : 0);
            IsWellFormed &= at >= row.Length || row[at] == delimiter;
            IsWellFormed &= isQuoted || !row.Slice(begin, length).Contains((byte)'"');
            at++;
        }
    }
}
