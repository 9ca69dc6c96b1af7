using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Goes through a folded row word by word: runs of letters and digits. Where they begin and end is found for 64 bytes at a time. What stands between words
/// does not count, but some of it ends a field.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<byte> row, PhraseHash hash)
{
    private const int BlockSize = 64;
    private const byte Ends = 1;
    private const byte EndsBeforeText = 2;

    /// <summary>By byte between words: whether it ends a field. A comma within a sentence has a blank after it.</summary>
    private static readonly byte[] Breaks = [.. Enumerable.Range(0, 256).Select(b => b == ',' ? EndsBeforeText : "\t;|\"<>{}\r\n".Contains((char)b, StringComparison.Ordinal) ? Ends : (byte)0)];

    private readonly ReadOnlySpan<byte> _row = row;

    /// <summary>Letters and digits of the block, from the least bit on.</summary>
    private ulong _letters;
    private int _block = -BlockSize;
    private int _end;

    public ulong Hash { get; private set; }

    public int Start { get; private set; }

    public readonly int Length => _end - Start;

    /// <summary>Number of the field that the word stands in.</summary>
    public int Field { get; private set; }

    public readonly byte Last => (byte)(_row[_end - 1] | 0x20);

    public bool Next()
    {
        var before = _end;
        if (!MoveTo(wanted: true))
        {
            return false;
        }

        Start = _end;
        for (var at = before; at < Start; at++)
        {
            var kind = Breaks[_row[at]];
            if (kind != 0 && (kind == Ends || at + 1 >= _row.Length || _row[at + 1] != ' '))
            {
                Field++;
                break;
            }
        }

        MoveTo(wanted: false);
        Hash = Length <= PhraseHash.LongestWord ? hash.Of(_row[Start.._end]) : 0;
        return true;
    }

    /// <summary>Moves the end to the first byte from there on that is, or is not, of a word; false when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MoveTo(bool wanted)
    {
        while (true)
        {
            var at = _end - _block;
            if (at < BlockSize)
            {
                var rest = (wanted ? _letters : ~_letters) >> at;
                if (rest != 0)
                {
                    _end = Math.Min(_end + BitOperations.TrailingZeroCount(rest), _row.Length);
                    return _end < _row.Length;
                }
            }

            _block += BlockSize;
            if (_block >= _row.Length)
            {
                _end = _row.Length;
                return false;
            }

            _end = _block;
            _letters = LettersOf(_row[_block..]);
        }
    }

    private static ulong LettersOf(ReadOnlySpan<byte> rest)
    {
        if (rest.Length >= BlockSize)
        {
            return LettersOf(Vector256.Create(rest)) | ((ulong)LettersOf(Vector256.Create(rest[32..])) << 32);
        }

        Span<byte> padded = stackalloc byte[BlockSize];
        padded.Clear();
        rest.CopyTo(padded);
        return LettersOf(Vector256.Create<byte>(padded)) | ((ulong)LettersOf(Vector256.Create<byte>(padded[32..])) << 32);
    }

    /// <summary>What is left beyond ASCII by the fold are letters.</summary>
    private static uint LettersOf(Vector256<byte> bytes)
    {
        var letters = Vector256.LessThanOrEqual((bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)25));
        var digits = Vector256.LessThanOrEqual(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)9));
        return (letters | digits | bytes).ExtractMostSignificantBits();
    }
}
