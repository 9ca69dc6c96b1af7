using System.Text;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What a name has become that was not changed by anybody but by a wrong reading of its bytes.</summary>
internal enum TextDamage : byte
{
    None,

    /// <summary>Its UTF-8 was read as Windows-1252 or ISO-8859-1, so that each letter beyond ASCII is two or more others.</summary>
    Misread,

    /// <summary>Letters beyond ASCII have become U+FFFD or question marks.</summary>
    Lost,
}

internal static class TextDamages
{
    private const char Replacement = '\uFFFD';

    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <param name="before">UTF-8, as it was delivered.</param>
    /// <param name="now">UTF-8, as it would be delivered.</param>
    public static TextDamage Of(ReadOnlySpan<byte> before, ReadOnlySpan<byte> now)
    {
        if (Ascii.IsValid(before) || before.SequenceEqual(now))
        {
            return TextDamage.None;
        }

        var (was, becomes) = (Encoding.UTF8.GetString(before), Encoding.UTF8.GetString(now));
        return becomes == Windows.GetString(before) || becomes == Encoding.Latin1.GetString(before) ? TextDamage.Misread
            : IsLost(was, becomes) ? TextDamage.Lost
            : TextDamage.None;
    }

    /// <summary>Whether all that is left of the text is its ASCII, with marks in the gaps.</summary>
    private static bool IsLost(string was, string becomes) =>
        !was.Any(IsMark) && becomes.Any(IsMark) && was.Where(char.IsAscii).SequenceEqual(becomes.Where(letter => !IsMark(letter)));

    private static bool IsMark(char letter) => letter is '?' or Replacement;
}
