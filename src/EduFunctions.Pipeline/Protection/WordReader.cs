using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Goes through a folded row word by word: runs of letters and digits, cut where letters meet digits and where a capital begins (<see cref="WordCuts"/>). Where
/// words begin and end is found for 64 bytes at a time. What stands between words does not count, but some of it ends a field.
/// </summary>
/// <param name="isText">Whether it is one text and no row of several fields: nothing in it ends a field.</param>
/// <param name="isCut">Whether words are cut; only what is looked for is not.</param>
internal ref struct WordReader(ReadOnlySpan<byte> row, PhraseHash hash, bool isText = false, bool isCut = true)
{
    private const int BlockSize = 64;
    private const byte Ends = 1;
    private const byte Separates = 2;
    private const byte SeparatesBeforeText = 3;
    private const byte Quotes = 4;

    /// <summary>What the domain of an address is made of.</summary>
    private static readonly SearchValues<byte> InDomains = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);

    /// <summary>By byte between words: whether it ends a field. A comma within a sentence has a blank after it.</summary>
    private static readonly byte[] Breaks = [.. Enumerable.Range(0, 256).Select(b =>
        b == ',' ? SeparatesBeforeText : b == '"' ? Quotes : ";|".Contains((char)b, StringComparison.Ordinal) ? Separates
        : "\t<>{}\r\n".Contains((char)b, StringComparison.Ordinal) ? Ends : (byte)0)];

    private readonly ReadOnlySpan<byte> _row = row;

    // Where tabs or upright lines separate, commas do not.
    private readonly bool _hasCommas = row.IndexOfAny((byte)'\t', (byte)'|') < 0;

    /// <summary>Letters and digits of the block, from the least bit on.</summary>
    private ulong _letters;
    private ulong _digits;

    /// <summary>Where words may end: what is no letter or digit, and where they are cut.</summary>
    private ulong _ends;
    private int _block = -BlockSize;

    /// <summary>Where a word begins that may go on behind the block, and so is looked at once more, whole; the end of the block when there is none.</summary>
    private int _last;
    private int _end;
    private bool _isQuoted;

    public ulong Hash { get; private set; }

    public int Start { get; private set; }

    public readonly int Length => _end - Start;

    /// <summary>Number of the field that the word stands in.</summary>
    public int Field { get; private set; }

    /// <summary>Whether it stands behind the @ of an address, where everybody of a school has the same.</summary>
    public bool IsOfDomain { get; private set; }

    public readonly byte Last => (byte)(_row[_end - 1] | 0x20);

    public readonly ReadOnlySpan<byte> Word => _row[Start.._end];

    /// <summary>Whether no digit is seen in it, which may be wrong for the longest.</summary>
    public readonly bool IsOfLetters => Start < _block || ((_digits >> (Start - _block)) & ~(ulong.MaxValue << Length)) == 0;

    public bool Next()
    {
        var before = _end;
        if (!MoveToStart())
        {
            return false;
        }

        Start = _end;
        if (!isText && HasEnd(before))
        {
            Field++;
        }

        // A word that is cut goes on where the one before it was.
        IsOfDomain = before == Start ? IsOfDomain
            : Start - before == 1 && (_row[before] == '@' ? before > 0 && IsDomain(_row[Start..]) : IsOfDomain && _row[before] is (byte)'.' or (byte)'-');
        MoveToEnd();
        Hash = Length <= PhraseHash.LongestWord ? hash.Of(_row[Start.._end]) : 0;
        return true;
    }

    /// <summary>Whether a domain begins there: with a dot in it, so that a name that somebody put behind an @ is none.</summary>
    private static bool IsDomain(ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOfAnyExcept(InDomains);
        return (end < 0 ? rest : rest[..end]).TrimEnd("-."u8).Contains((byte)'.');
    }

    /// <summary>Whether something between words, from there on, ends a field.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool HasEnd(int from)
    {
        var hasEnd = false;
        for (var at = from; at < Start; at++)
        {
            var kind = Breaks[_row[at]];
            _isQuoted ^= kind == Quotes;
            hasEnd |= kind is Ends or Quotes || (kind != 0 && !_isQuoted && (kind == Separates || (_hasCommas && _row[at + 1] != ' ')));
        }

        return hasEnd;
    }

    /// <summary>Moves the end to the first letter or digit from there on; false when there is none.</summary>
    private bool MoveToStart()
    {
        while (true)
        {
            var at = _end - _block;
            if (at < BlockSize && _letters >> at is var rest and not 0)
            {
                _end += BitOperations.TrailingZeroCount(rest);
                if (_end >= _last && _end > _block)
                {
                    Load(_end);
                }

                return _end < _row.Length;
            }

            if (_block + BlockSize >= _row.Length)
            {
                _end = _row.Length;
                return false;
            }

            Load(_block + BlockSize);
            _end = Math.Max(_end, _block);
        }
    }

    /// <summary>Moves the end behind the word that begins there.</summary>
    private void MoveToEnd()
    {
        var ends = _ends & (ulong.MaxValue << (_end - _block) << 1);
        while (ends == 0 && _block + BlockSize < _row.Length)
        {
            Load(_block + BlockSize);
            ends = _ends;
        }

        _end = Math.Min(ends == 0 ? _row.Length : _block + BitOperations.TrailingZeroCount(ends), _row.Length);
    }

    private void Load(int block)
    {
        _block = block;
        if (_row.Length < BlockSize)
        {
            Span<byte> padded = stackalloc byte[BlockSize];
            padded.Clear();
            _row[block..].CopyTo(padded);
            Read(Vector512.Create<byte>(padded), before: 0);
            return;
        }

        // The last bytes are loaded with some before them rather than copied.
        var from = Math.Min(block, _row.Length - BlockSize);
        Read(Vector512.Create(_row[from..]), block - from);
    }

    /// <summary>What is left beyond ASCII by the fold are letters.</summary>
    /// <param name="before">How many of the bytes stand before the block.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Read(Vector512<byte> bytes, int before)
    {
        var capitals = Within(bytes, (byte)'A', 25) >> before;
        var small = Within(bytes, (byte)'a', 25) >> before;
        var others = bytes.ExtractMostSignificantBits() >> before;
        _digits = Within(bytes, (byte)'0', 9) >> before;
        _letters = capitals | small | _digits | others;
        _last = _block + BlockSize - BitOperations.LeadingZeroCount(~_letters);
        _ends = ~_letters | (isCut ? new WordCuts(capitals, small, _digits, others).All : 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Within(Vector512<byte> bytes, byte first, byte span) =>
        Vector512.LessThanOrEqual(bytes - Vector512.Create(first), Vector512.Create(span)).ExtractMostSignificantBits();
}
