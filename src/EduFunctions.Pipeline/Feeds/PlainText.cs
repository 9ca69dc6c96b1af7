using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Tells at one glance the values that no target's cleaning would change: nearly all of them. And what no target gets: characters that nobody sees,
/// which make two names of one and turn a line around, and beginnings that a spreadsheet takes for a formula.
/// </summary>
internal static class PlainText
{
    /// <summary>Control characters, and beyond ASCII the first bytes of all white space, further control characters and invisible ones.</summary>
    private static ReadOnlySpan<byte> Unusual =>
    [
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F,
        0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F,
        0x7F, 0xC2, 0xCD, 0xD8, 0xDB, 0xDC, 0xE0, 0xE1, 0xE2, 0xE3, 0xEF, 0xF0, 0xF3,
    ];

    private static readonly SearchValues<byte> MayBeUnsafe = SearchValues.Create(Unusual);

    /// <summary>Bytes that a plain value does not have.</summary>
    /// <param name="replaced">What the target's cleaning replaces beside white space, control characters and invisible ones.</param>
    public static SearchValues<byte> Suspicious(ReadOnlySpan<byte> replaced) => SearchValues.Create([.. Unusual, .. replaced]);

    /// <summary>No suspicious byte, no space at an end, no two together, no formula. May say no of a value that is plain.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> value, SearchValues<byte> suspicious) =>
        value.IsEmpty || (value[0] != ' ' && value[^1] != ' ' && !IsSign(value[0]) && value.IndexOfAny(suspicious) < 0 && value.IndexOf("  "u8) < 0);

    /// <summary>Whether nothing might be left of a value once it is cleaned. Looks at its first character.</summary>
    public static bool MayBeBlank(ReadOnlySpan<byte> value, SearchValues<byte> suspicious) =>
        value.IsEmpty || value[0] == ' ' || IsSign(value[0]) || suspicious.Contains(value[0]);

    /// <summary>Whether a cell that begins so may be calculated by whoever opens the file in a spreadsheet; also in full width.</summary>
    public static bool BeginsFormula(Rune first) => first.Value is '=' or '+' or '-' or '@' or 0xFF1D or 0xFF0B or 0xFF0D or 0xFF20;

    /// <summary>Joiners, direction marks, fillers and the like: letters of no name, and a second spelling of every one.</summary>
    public static bool IsInvisible(Rune rune) => UnseenLetters.Is(rune);

    /// <summary>Whether the first character that is seen makes a formula of the value.</summary>
    public static bool IsFormula(ReadOnlySpan<byte> value)
    {
        while (!value.IsEmpty)
        {
            Rune.DecodeFromUtf8(value, out var rune, out var used);
            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && !IsInvisible(rune))
            {
                return BeginsFormula(rune);
            }

            value = value[used..];
        }

        return false;
    }

    /// <summary>Where in a value the first character stands that nobody sees; -1 where there is none.</summary>
    public static int InvisibleAt(ReadOnlySpan<byte> value)
    {
        for (var at = value.IndexOfAny(MayBeUnsafe); at >= 0 && at < value.Length;)
        {
            Rune.DecodeFromUtf8(value[at..], out var rune, out var used);
            if (IsInvisible(rune) || (Rune.IsControl(rune) && rune.Value is not ('\t' or '\r' or '\n')))
            {
                return at;
            }

            at += used;
        }

        return -1;
    }

    /// <summary>Whether a value may leave: it is no formula, and everything in it can be seen. Of tabs and line ends each target says for itself.</summary>
    public static bool IsSafe(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty || (!IsSign(value[0]) && value.IndexOfAny(MayBeUnsafe) < 0))
        {
            return true;
        }

        return InvisibleAt(value) < 0 && !IsFormula(value);
    }

    private static bool IsSign(byte first) => first is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@';
}
