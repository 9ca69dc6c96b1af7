using System.IO.Hashing;
using System.Text;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>What sources share of markings that are not written as the standard has them.</summary>
internal static class MarkingText
{
    private const string None = "Ingen";

    /// <summary>How texts begin that say that somebody is protected.</summary>
    private static readonly string[] ProtectingWords =
        ["sekretess", "skydda", "kvarskriv", "beskyttet", "navnebeskyt", "adressebeskyt", "navne og adressebeskyt", "navneogadressebeskyt", "protected identity"];

    private static readonly HashSet<string> Denials =
        new(["", "0", "n", "no", "nej", "f", "false", "falsk", "falskt", "none", "ingen", "inga", "ej", "inte", "ikke", "saknas"], StringComparer.Ordinal);

    /// <summary>No marking, in another case or with blanks around.</summary>
    public static bool IsNone(string text) => text.Trim().Equals(None, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a text says in words that somebody is protected, though not in those of the standard: that is understood, however many bear it.</summary>
    public static bool SaysProtected(string text) => IdentityText.Words(text) is var words && BeginsProtecting(words) && !words.Split(' ').Any(IsDenial);

    /// <param name="words">In lower case, without signs.</param>
    public static bool BeginsProtecting(string words) => Array.Exists(ProtectingWords, word => words.StartsWith(word, StringComparison.Ordinal));

    public static bool IsDenial(string word) => Denials.Contains(word);

    /// <summary>A date says when somebody looked, so that one is like another; of other texts neither case nor blanks around make a difference.</summary>
    [Told]
    public static StrangeMarking Of(string property, string text)
    {
        var (trimmed, isDate) = (text.Trim(), Day.Parse(Encoding.UTF8.GetBytes(text.Trim())).IsDay);
        var kind = trimmed.Length == 0 ? "an empty text" : isDate ? "a date" : "another text";
        return new StrangeMarking(SaysProtected(text) ? 0 : ValueOf(property, kind, isDate ? "" : trimmed.ToLowerInvariant()), property, kind);
    }

    /// <summary>Of what is no text.</summary>
    public static StrangeMarking Of(string property, string kind, UInt128 meaning) => new(ValueOf(property, kind, $"{meaning}"), property, kind);

    private static ulong ValueOf(string property, string kind, string what) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{property}\n{kind}\n{what}"));
}
