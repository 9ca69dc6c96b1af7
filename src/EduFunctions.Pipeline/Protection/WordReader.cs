using System.Numerics;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Goes through a row word by word: runs of letters and digits, whatever their case. What stands between words does not count, so that a value
/// is found in quotes, in a sentence, or with another separator.
/// </summary>
internal ref struct WordReader(ReadOnlySpan<byte> row, ulong key)
{
    private const ulong Prime = 0x100000001B3;

    // By ASCII character: the lower-case letter or digit, 0 for what separates words.
    private static readonly byte[] Folded =
        [.. Enumerable.Range(0, 128).Select(c => char.IsAsciiLetterOrDigit((char)c) ? (byte)char.ToLowerInvariant((char)c) : (byte)0)];

    private readonly ReadOnlySpan<byte> _row = row;
    private int _at;

    public ulong Hash { get; private set; }

    /// <summary>Where the word begins.</summary>
    public int Start { get; private set; }

    /// <summary>Number of the piece without blanks or delimiters that the word stands in.</summary>
    public int Piece { get; private set; }

    /// <summary>The last piece so far that has an at sign.</summary>
    public int MailPiece { get; private set; } = -1;

    public bool Next()
    {
        var (start, hash) = (-1, key);
        for (; _at < _row.Length; _at++)
        {
            var b = _row[_at];
            var folded = b < 0x80 ? Folded[b] : FoldBeyondAscii(b);
            if (folded != 0)
            {
                start = start < 0 ? _at : start;
                hash = (hash ^ folded) * Prime;
            }
            else if (start >= 0)
            {
                break;
            }
            else
            {
                NoteSeparator(b);
            }
        }

        (Start, Hash) = (start, hash);
        return start >= 0;
    }

    /// <summary>The hash of a phrase that goes on with another word.</summary>
    public static ulong Join(ulong phrase, ulong word)
    {
        var joined = (BitOperations.RotateLeft(phrase, 5) ^ word) * 0x9E3779B97F4A7C15;
        return joined ^ (joined >> 32);
    }

    /// <summary>Latin letters lose their case (U+00C0 to U+00DE); the punctuation that texts have separates (U+0080 to U+00BF, U+2000 to U+203F).</summary>
    private readonly byte FoldBeyondAscii(byte b)
    {
        var before = _at > 0 ? _row[_at - 1] : (byte)0;
        var isPunctuation = b == 0xC2 || before == 0xC2
            || (b == 0xE2 && _at + 1 < _row.Length && _row[_at + 1] == 0x80)
            || (b == 0x80 && before == 0xE2)
            || (before == 0x80 && _at > 1 && _row[_at - 2] == 0xE2);
        return isPunctuation ? (byte)0 : before == 0xC3 && b is >= 0x80 and <= 0x9E and not 0x97 ? (byte)(b | 0x20) : b;
    }

    private void NoteSeparator(byte b)
    {
        if (b == '@')
        {
            MailPiece = Piece;
        }
        else if (b is not ((byte)'.' or (byte)'-' or (byte)'_' or (byte)'+'))
        {
            Piece++;
        }
    }
}
