using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>
/// What Unikum may have, as the delivery begun last has left it: lines of a key, a mark and perhaps a row, in the order of the keys. Until that
/// delivery is confirmed, what it brought may be there or not, and what it took too.
/// </summary>
internal sealed class KnownLines
{
    private const byte Delimiter = (byte)'\t';

    private static readonly CsvFormat Format = CsvFormat.Bare(Delimiter);

    private readonly LineReader _lines;
    private readonly int _keyColumns;
    private readonly bool _isConfirmed;
    private int _keyLength;

    /// <param name="content">Null when nothing is known.</param>
    /// <param name="keyColumns">Columns of a key.</param>
    public KnownLines(Stream? content, int keyColumns, bool isConfirmed)
    {
        (_lines, _keyColumns, _isConfirmed) = (new LineReader(content ?? Stream.Null), keyColumns, isConfirmed);
        Read();
    }

    public static KnownLines Of(KnownFiles known, string file, int keyColumns) =>
        known.Find(file) is { } content ? new KnownLines(content, keyColumns, known.IsConfirmed(file)) : new KnownLines(content: null, keyColumns, isConfirmed: true);

    /// <summary>Begins the file for the night to come.</summary>
    public static CsvWriter Create(FeedFiles files, string file) => new(files.Keep(file), Format);

    public static ReadOnlySpan<byte> Kept => "="u8;

    public static ReadOnlySpan<byte> Brought => "+"u8;

    public static ReadOnlySpan<byte> Taken => "-"u8;

    /// <summary>False at the end.</summary>
    public bool IsThere { get; private set; }

    public ReadOnlySpan<byte> Key => _lines.Current[.._keyLength];

    public ReadOnlySpan<byte> Row => _lines.Current[Math.Min(_keyLength + 3, _lines.Current.Length)..];

    /// <summary>Whether Unikum has it for certain.</summary>
    public bool IsCertain => _isConfirmed || IsKept;

    /// <summary>Whether the delivery took it away.</summary>
    public bool IsTaken => Mark == Taken[0];

    /// <summary>Whether it is as it was before the delivery.</summary>
    public bool IsKept => Mark == Kept[0];

    private byte Mark => _lines.Current[_keyLength + 1];

    /// <summary>Goes on to the first line that is not before a key.</summary>
    /// <returns>Whether it is the key's.</returns>
    /// <param name="kept">Where the lines in between are noted as taken; null forgets them.</param>
    public bool MoveTo(ReadOnlySpan<byte> key, CsvWriter? kept = null)
    {
        var order = -1;
        while (IsThere && (order = Key.SequenceCompareTo(key)) < 0)
        {
            if (kept is not null)
            {
                Write(kept, Key, Taken);
                kept.EndRow();
            }

            Read();
        }

        return order == 0;
    }

    /// <summary>Begins a line; the row may follow.</summary>
    public static void Write(CsvWriter kept, ReadOnlySpan<byte> key, ReadOnlySpan<byte> mark)
    {
        kept.Joined(key);
        kept.Value(mark);
    }

    public void Read()
    {
        do
        {
            IsThere = _lines.Read();
            _keyLength = IsThere ? KeyLength() : 0;
        }
        while (IsThere && _isConfirmed && IsTaken);
    }

    private int KeyLength()
    {
        var length = -1;
        for (var column = 0; column < _keyColumns; column++)
        {
            length += 1 + _lines.Current[(length + 1)..].IndexOf(Delimiter);
        }

        return length;
    }
}
