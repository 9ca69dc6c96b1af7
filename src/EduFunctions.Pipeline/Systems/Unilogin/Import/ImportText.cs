using System.Text;
using System.Xml;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Values as a token of XML takes them, and as the receiver counts them.</summary>
internal static class ImportText
{
    public const int LongestGroupName = 100;

    /// <summary>The schema names no limit; no name or address of anybody is longer.</summary>
    public const int LongestValue = 255;

    private const int CivicNumberLength = 10;

    /// <summary>White space and control characters as one space, ends trimmed, nothing that XML cannot hold, that nobody sees, or that begins a formula.</summary>
    public static string Clean(string value)
    {
        var clean = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (PlainText.IsInvisible(rune) || (clean.Length == 0 && PlainText.BeginsFormula(rune)))
            {
                continue;
            }

            if (!Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune))
            {
                clean.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "" : rune.ToString());
            }
            else if (clean.Length > 0 && clean[^1] != ' ')
            {
                clean.Append(' ');
            }
        }

        return clean.ToString().TrimEnd();
    }

    /// <summary>The cleaned address or id; empty for one that is too long, or would be a formula: without its beginning it could be another's.</summary>
    public static string Address(string value) =>
        PlainText.IsFormula(Encoding.UTF8.GetBytes(value)) || Clean(value) is not { } clean || IsTooLong(clean) ? "" : clean;

    /// <summary>The same; empty also for what is no e-mail address.</summary>
    public static string Email(string value) => Address(value) is var address && EmailAddress.Is(Encoding.UTF8.GetBytes(address)) ? address : "";

    public static bool IsTooLong(string clean) => Length(clean) > LongestValue;

    /// <summary>Quotes and apostrophes stay as they are: in the middle of a name an entity would hide it from the scan.</summary>
    public static string Escape(string value) =>
        value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>In bytes: letters beyond ASCII take two.</summary>
    public static int Length(string value) => Encoding.UTF8.GetByteCount(value);

    /// <summary>The ten characters of a CPR number, six digits and four digits or letters; empty for anything else.</summary>
    public static string CivicNumber(string value)
    {
        var number = string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();
        return number.Length == CivicNumberLength && number[..6].All(char.IsAsciiDigit) && number[6..].All(IsSerial) ? number : "";
    }

    private static bool IsSerial(char c) => char.IsAsciiDigit(c) || c is >= 'A' and <= 'Z' or 'Æ' or 'Ø' or 'Å';
}
