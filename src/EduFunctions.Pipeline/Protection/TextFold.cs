using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Brings a row into the form in which spellings are compared: letters without accents and forms of print, everything else beyond ASCII as what separates,
/// and what nobody sees (format characters, loose accents) gone. The case of ASCII is left to <see cref="PhraseHash"/>.
/// </summary>
internal sealed class TextFold
{
    private const int FirstBeyondTable = 0x530;

    private static readonly byte[] Separator = " "u8.ToArray();

    /// <summary>By code point, for the letters of Europe.</summary>
    private static readonly byte[]?[] Table = [.. Enumerable.Range(0, FirstBeyondTable).Select(point => point < 0x80 ? null : Fold(new Rune(point)))];

    private byte[] _folded = [];
    private int _length;

    /// <summary>The row itself when it is ASCII; else good until the next call.</summary>
    public ReadOnlySpan<byte> Fold(ReadOnlySpan<byte> row)
    {
        if (Ascii.IsValid(row))
        {
            return row;
        }

        Fold(row, int.MaxValue);
        return _folded.AsSpan(0, _length);
    }

    /// <summary>Where in the row stands what is at a place of its folded form.</summary>
    public int PositionIn(ReadOnlySpan<byte> row, int folded) => Ascii.IsValid(row) ? folded : Fold(row, folded);

    /// <returns>How much of the row makes so much, or all.</returns>
    private int Fold(ReadOnlySpan<byte> row, int wanted)
    {
        _length = 0;
        if (_folded.Length < row.Length * 2)
        {
            _folded = new byte[row.Length * 2];
        }

        for (var at = 0; at < row.Length;)
        {
            var plain = row[at..].IndexOfAnyExceptInRange((byte)0, (byte)0x7F) is >= 0 and var until ? until : row.Length - at;
            if (_length + plain > wanted)
            {
                return at + wanted - _length;
            }

            row.Slice(at, plain).CopyTo(_folded.AsSpan(_length));
            (at, _length) = (at + plain, _length + plain);
            if (at < row.Length)
            {
                Rune.DecodeFromUtf8(row[at..], out var rune, out var used);
                var folded = rune.Value < FirstBeyondTable ? Table[rune.Value]! : Fold(rune);
                if (_length + folded.Length > wanted)
                {
                    return at;
                }

                folded.CopyTo(_folded, _length);
                (at, _length) = (at + used, _length + folded.Length);
            }
        }

        return row.Length;
    }

    /// <summary>Capitals stay capitals where they become ASCII: they cut words.</summary>
    private static byte[] Fold(Rune rune)
    {
        var plain = Plain(rune);
        var lower = Rune.ToLowerInvariant(Rune.ToUpperInvariant(plain));
        var letters = lower.IsAscii ? lower.ToString() : FoldedLetters.Find(lower);
        return letters is null ? FoldOther(lower)
            : Rune.IsUpper(plain) && Ascii.IsValid(letters) ? Encoding.ASCII.GetBytes(letters.ToUpperInvariant())
            : Encoding.UTF8.GetBytes(letters);
    }

    private static byte[] FoldOther(Rune lower) => UnseenLetters.Is(lower) ? [] : Rune.GetUnicodeCategory(lower) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format => [],
        UnicodeCategory.DecimalDigitNumber => [(byte)('0' + (int)Rune.GetNumericValue(lower))],
        UnicodeCategory.SpacingCombiningMark => Encoding.UTF8.GetBytes(lower.ToString()),
        _ => Rune.IsLetterOrDigit(lower) ? Encoding.UTF8.GetBytes(lower.ToString()) : Separator,
    };

    /// <summary>Full-width and mathematical letters and digits, and circled capitals, are the ASCII ones in their order.</summary>
    private static Rune Plain(Rune rune) => rune.Value switch
    {
        >= 0xFF01 and <= 0xFF5E => new Rune(rune.Value - 0xFEE0),
        >= 0x1D400 and <= 0x1D6A3 => new Rune((rune.Value - 0x1D400) % 52 is < 26 and var letter ? 'A' + letter : 'a' + ((rune.Value - 0x1D400) % 52) - 26),
        >= 0x1D7CE and <= 0x1D7FF => new Rune('0' + ((rune.Value - 0x1D7CE) % 10)),
        _ => rune,
    };
}
