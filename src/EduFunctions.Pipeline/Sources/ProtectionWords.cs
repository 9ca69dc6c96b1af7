using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>What registers write of protection in words of their own, and of there being none.</summary>
internal static class ProtectionWords
{
    /// <summary>How texts begin that say that somebody is protected.</summary>
    private static readonly string[] Beginnings =
        ["sekretess", "skydda", "kvarskriv", "beskyttet", "navnebeskyt", "adressebeskyt", "navne og adressebeskyt", "navneogadressebeskyt", "protected identity"];

    private static readonly string[] Protecting = ["sekretess", "skydd", "beskyt", "kvarskriv", "hemlig", "fingera", "protect", "secret", "confidential"];

    /// <summary>What means a person's protection as a whole, in letters alone: a value anywhere, or the name of a column.</summary>
    private static readonly HashSet<string> Wholes = new(
        [
            "sekretess", "sekretessmarkering", "sekretessmarkerad", "sekretessmarkerat", "sekretessbelagd", "harsekretess", "harsekretessmarkering",
            "skyddad", "skyddadidentitet", "skyddadid", "skyddadperson", "skyddadfolkbokföring", "skyddadfolkbokforing", "skyddadepersonuppgifter", "skyddadeuppgifter",
            "skyddadadress", "skyddatnamn", "harskyddadidentitet", "harskyddadepersonuppgifter", "identitetskyddad", "hemligidentitet", "fingeradepersonuppgifter",
            "fingeradidentitet", "kvarskrivning", "kvarskriven", "beskyttet", "beskyttetidentitet", "beskyttetnavn", "beskyttetadresse", "navnebeskyttet", "navnebeskyttelse",
            "adressebeskyttet", "adressebeskyttelse", "navneogadressebeskyttet", "navneogadressebeskyttelse", "navnogadressebeskyttelse", "protectedidentity", "protectedperson",
            "identityprotected",
        ],
        StringComparer.Ordinal);

    /// <summary>What a denial is glued to, the longest first.</summary>
    private static readonly string[] Stems =
    [
        .. Wholes.Concat(["protected", "skyddat", "skyddade", "skyddas", "skydd", "skyddskod", "skyddsnivå", "sekretesskod", "sekretessnivå", "kvarskriv"])
            .OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal),
    ];

    /// <summary>What answers with no.</summary>
    private static readonly HashSet<string> Denials = new(
        [
            "", "0", "n", "no", "nej", "nei", "nein", "f", "false", "falsk", "falskt", "none", "ingen", "inga", "inget", "ingenting", "ej", "inte", "icke", "ikke",
            "saknas",
        ],
        StringComparer.Ordinal);

    /// <summary>What takes a word of protection back, or makes it doubtful, where it stands beside one.</summary>
    private static readonly HashSet<string> Doubts = new(
        [
            "not", "non", "nil", "null", "na", "off", "never", "without", "removed", "revoked", "expired", "ended", "cleared", "cancelled", "utan", "uden", "aldrig", "tom",
            "tomt", "saknar", "upphävd", "upphävt", "upphört", "upphörd", "hävd", "hävt", "borttagen", "borttaget", "avslutad", "avslutat", "avslag", "nekad", "nekat", "slut",
            "okänd", "okänt", "oklart", "ukendt", "ophævet", "ophørt", "negativ", "negative", "unknown",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether a text says that somebody is protected, though not in the words of the standard.</summary>
    public static bool SayProtected(string text) => Begin(IdentityText.Words(text)) && !IsDenied(text);

    /// <summary>Whether all of it is a word for a person's protection, as it stands alone.</summary>
    public static bool AreAll(string text) => Wholes.Contains(Letters(text)) && !text.Any(char.IsDigit);

    /// <summary>Whether protection is spoken of, wherever in the text, with anything but a plain no (<c>Ej skyddad</c>, <c>Sekretess: nej</c>).</summary>
    public static bool MayMeanProtection(string text)
    {
        var (parts, letters) = (Parts(text), Letters(text));
        var isPlainNo = Array.Exists(parts, Denials.Contains) && Stems.Contains(string.Concat(parts.Where(part => !Denials.Contains(part))));
        return !isPlainNo && (Array.Exists(parts, Begin) || Array.Exists(Protecting, letters.Contains));
    }

    /// <param name="answer">What stands in a column of protection.</param>
    public static bool IsNo(string answer) => Denials.Contains(IdentityText.Words(answer).Split(' ')[0]);

    public static string Letters(string text) => string.Concat(IdentityText.Words(text).Where(char.IsLetter));

    private static bool Begin(string words) => Array.Exists(Beginnings, word => words.StartsWith(word, StringComparison.Ordinal));

    /// <summary>By a part of it, whatever cuts it off: signs, a capital, a digit, or nothing at all behind a word of protection.</summary>
    private static bool IsDenied(string text)
    {
        var parts = Parts(text);
        var numbers = Array.FindAll(parts, part => char.IsDigit(part[0]));
        return Array.Exists(parts, part => IsDenial(part) || IsDenial(BehindStem(part))) || (numbers.Length > 0 && Array.TrueForAll(numbers, number => number.Trim('0').Length == 0));
    }

    private static bool IsDenial(string part) => part.Length > 0 && part != "0" && (Denials.Contains(part) || Doubts.Contains(part));

    private static string BehindStem(string part) => Array.Find(Stems, stem => part.StartsWith(stem, StringComparison.Ordinal)) is { } found ? part[found.Length..] : "";

    private static string[] Parts(string text)
    {
        var cut = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (at > 0 && IsCut(text, at))
            {
                cut.Append(' ');
            }

            cut.Append(text[at]);
        }

        return IdentityText.Words(cut.ToString()).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>A capital begins a word behind a small letter, and behind capitals where a small letter follows; digits are parts of their own.</summary>
    private static bool IsCut(string text, int at)
    {
        var (before, now) = (text[at - 1], text[at]);
        return char.IsDigit(before) != char.IsDigit(now)
            || (char.IsUpper(now) && (char.IsLower(before) || (char.IsUpper(before) && at + 1 < text.Length && char.IsLower(text[at + 1]))));
    }
}
