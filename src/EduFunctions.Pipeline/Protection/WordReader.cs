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
    private WordCuts _cuts;
    private int _block = -BlockSize;
    private int _end;
    private bool _isQuoted;

    public ulong Hash { get; private set; }

    public int Start { get; private set; }

    public readonly int Length => _end - Start;

    /// <summary>Number of the field that the word stands in.</summary>
    public int Field { get; private set; }

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
        if (Start > before && !isText)
        {
            EndField(_row[before..Start]);
        }

        MoveToEnd();
        Hash = Length <= PhraseHash.LongestWord ? hash.Of(_row[Start.._end]) : 0;
        return true;
    }

    private void EndField(ReadOnlySpan<byte> between)
    {
        var isEnd = false;
        for (var at = 0; at < between.Length; at++)
        {
            switch (Breaks[between[at]])
            {
                case Quotes:
                    (_isQuoted, isEnd) = (!_isQuoted, true);
                    break;
                case Ends:
                case Separates when !_isQuoted:
                case SeparatesBeforeText when !_isQuoted && _hasCommas && (at + 1 == between.Length || between[at + 1] != ' '):
                    isEnd = true;
                    break;
            }
        }

        Field += isEnd ? 1 : 0;
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
                if (_end > _block && (~_letters >> (_end - _block)) == 0)
                {
                    // What may go on behind the block is looked at whole.
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
        var at = _end - _block;
        var ends = (~_letters | _cuts.All) & ~(1UL << at) & (ulong.MaxValue << at);
        while (ends == 0 && _block + BlockSize < _row.Length)
        {
            Load(_block + BlockSize);
            ends = ~_letters | _cuts.All;
        }

        _end = Math.Min(ends == 0 ? _row.Length : _block + BitOperations.TrailingZeroCount(ends), _row.Length);
    }

    private void Load(int block)
    {
        _block = block;
        var rest = _row[block..];
        if (rest.Length >= BlockSize)
        {
            Load(Vector256.Create(rest), Vector256.Create(rest[32..]));
            return;
        }

        Span<byte> padded = stackalloc byte[BlockSize];
        padded.Clear();
        rest.CopyTo(padded);
        Load(Vector256.Create<byte>(padded), Vector256.Create<byte>(padded[32..]));
    }

    /// <summary>What is left beyond ASCII by the fold are letters.</summary>
    private void Load(Vector256<byte> low, Vector256<byte> high)
    {
        var capitals = Within(low, high, (byte)'A', 25);
        var small = Within(low, high, (byte)'a', 25);
        var others = Mask(low, high);
        _digits = Within(low, high, (byte)'0', 9);
        _letters = capitals | small | _digits | others;
        _cuts = isCut ? new WordCuts(capitals, small, _digits, others) : default;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Within(Vector256<byte> low, Vector256<byte> high, byte first, byte span) => Mask(
        Vector256.LessThanOrEqual(low - Vector256.Create(first), Vector256.Create(span)),
        Vector256.LessThanOrEqual(high - Vector256.Create(first), Vector256.Create(span)));

    private static ulong Mask(Vector256<byte> low, Vector256<byte> high) => low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
