namespace EduFunctions.Pipeline.Feeds;

/// <summary>Reads a file line by line as bytes; a line may be long, but not endless.</summary>
internal sealed class LineReader(Stream stream)
{
    /// <summary>Far more than any row has: what is longer comes of a quote that never closes, or is no text.</summary>
    public const int MostBytes = 1 << 26;

    private byte[] _block = new byte[1 << 16];
    private int _start;
    private int _length;
    private int _end;

    /// <summary>1-based number of the line read last.</summary>
    public int Line { get; private set; }

    /// <summary>The line read last, without its end.</summary>
    public ReadOnlySpan<byte> Current => _block.AsSpan(_start, _length);

    /// <summary>False when the line is the last one and lacks its end.</summary>
    public bool HasLineEnd { get; private set; }

    /// <exception cref="InvalidDataException">A line has more than <see cref="MostBytes"/>.</exception>
    public bool Read()
    {
        _start += _length + (HasLineEnd ? 1 : 0);
        return ReadFrom(0);
    }

    /// <summary>Takes the next line on to the current one, with the line end between them; false when there is none.</summary>
    public bool Extend() => HasLineEnd && ReadFrom(_length + 1);

    /// <param name="first">Where in the current line the one that is read begins.</param>
    private bool ReadFrom(int first)
    {
        for (var searched = first; ;)
        {
            var at = _block.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            searched = at < 0 ? _end - _start : searched + at;
            if (at >= 0 || !Fill())
            {
                HasLineEnd = at >= 0;
                _length = searched;
                Line += at >= 0 || searched > first ? 1 : 0;
                return at >= 0 || searched > first;
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
            if (_block.Length >= MostBytes)
            {
                throw new InvalidDataException($"line {Line + 1} is of a row of more than {MostBytes >> 20} MB.");
            }

            Array.Resize(ref _block, _block.Length * 2);
        }

        var read = stream.Read(_block, _end, _block.Length - _end);
        _end += read;
        return read > 0;
    }
}
