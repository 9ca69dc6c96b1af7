using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>
/// Cleans a value so that Apple's open questions about escaping never arise: no straight double quote, no backslash, no line break; white
/// space collapsed and trimmed; nothing that is not seen, and no formula.
/// </summary>
internal static class AppleText
{
    private static readonly SearchValues<byte> Suspicious = PlainText.Suspicious("\"\\"u8);

    /// <summary>The cleaned value; the value itself when there is nothing to clean.</summary>
    public static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> value) =>
        PlainText.IsPlain(value, Suspicious) ? value : Encoding.UTF8.GetBytes(Clean(Encoding.UTF8.GetString(value)));

    /// <summary>The cleaned value of an optional column; empty for one that is too long.</summary>
    public static ReadOnlySpan<byte> Optional(ReadOnlySpan<byte> value) => Clean(value) is var clean && AppleLimits.IsTooLong(clean) ? default : clean;

    /// <summary>The same of an address, login name or number; empty also for one that would be a formula, or has quotes or backslashes: changed it could be another's.</summary>
    public static ReadOnlySpan<byte> Address(ReadOnlySpan<byte> value) => PlainText.IsFormula(value) || value.IndexOfAny("\"\\"u8) >= 0 ? default : Optional(value);

    /// <summary>The cleaned e-mail address; empty for what is none.</summary>
    public static ReadOnlySpan<byte> Email(ReadOnlySpan<byte> value) => Address(value) is var address && EmailAddress.Is(address) ? address : default;

    /// <summary>The cleaned name of a location, a course or a class, as much of it as may stand in a file.</summary>
    public static ReadOnlySpan<byte> NameOfThing(ReadOnlySpan<byte> value)
    {
        var clean = Clean(value);
        if (!AppleLimits.IsTooLong(clean))
        {
            return clean;
        }

        var name = Encoding.UTF8.GetString(clean)[..AppleLimits.LongestValue];
        return Encoding.UTF8.GetBytes((char.IsHighSurrogate(name[^1]) ? name[..^1] : name).TrimEnd());
    }

    /// <summary>Whether nothing is left of a value. Looks at its first character, and seldom further.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> value) => PlainText.MayBeBlank(value, Suspicious) && Clean(value).IsEmpty;

    private static string Clean(string value)
    {
        var clean = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (PlainText.IsInvisible(rune) || (clean.Length == 0 && PlainText.BeginsFormula(rune)))
            {
                continue;
            }

            var isSpace = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune);
            if (!isSpace || (clean.Length > 0 && clean[^1] != ' '))
            {
                clean.Append(isSpace ? " " : rune.Value switch { '"' => "’", '\\' => "/", _ => rune.ToString() });
            }
        }

        return clean.ToString().TrimEnd();
    }
}
