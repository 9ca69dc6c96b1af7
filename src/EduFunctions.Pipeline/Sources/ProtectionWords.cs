using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>What registers write of protection in words of their own, and of there being none.</summary>
internal static class ProtectionWords
{
    /// <summary>How texts begin that say that somebody is protected.</summary>
    private static readonly string[] Beginnings =
    [
        "sekretess", "sekrmark", "skydd", "kvarskriv", "fingera", "hemlig", "beskyttet", "navnebeskyt", "adressebeskyt", "navne og adressebeskyt", "navneogadressebeskyt",
        "protected",
    ];

    private static readonly string[] Abbreviations = ["sek", "sekr"];

    private static readonly string[] OfStandard = ["Sekretessmarkering", "Skyddad folkbokföring"];

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
            .Concat(Abbreviations).Concat(["skyddsmarkering", "skyddsmarkerad", "hemlig", "hemligt", "hemliga", "hemligauppgifter", "fingerad", "fingerade", "fingeradeuppgifter"])
            .OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal),
    ];

    /// <summary>What answers with no.</summary>
    private static readonly HashSet<string> Denials = new(
        [
            "", "0", "n", "no", "nej", "nei", "nein", "f", "false", "falsk", "falskt", "none", "ingen", "inga", "inget", "ingenting", "ej", "inte", "icke", "ikke",
            "saknas",
        ],
        StringComparer.Ordinal);

    /// <summary>What answers with yes.</summary>
    private static readonly HashSet<string> Affirmations = new(["1", "y", "yes", "j", "ja", "t", "true", "sant", "sann", "sand", "x", "on", "s"], StringComparer.Ordinal);

    /// <summary>What takes a word of protection back, or makes it doubtful, where it stands beside one.</summary>
    private static readonly HashSet<string> Doubts = new(
        [
            "not", "non", "nil", "null", "na", "off", "never", "without", "removed", "revoked", "expired", "ended", "cleared", "cancelled", "utan", "uden", "aldrig", "tom",
            "tomt", "saknar", "upphävd", "upphävt", "upphört", "upphörd", "hävd", "hävt", "borttagen", "borttaget", "avslutad", "avslutat", "avslag", "nekad", "nekat", "slut",
            "okänd", "okänt", "oklart", "ukendt", "ophævet", "ophørt", "negativ", "negative", "unknown",
        ],
        StringComparer.Ordinal);

    /// <summary>Whether a text says that somebody is protected, though not in the words of the standard: any section of it that does is enough.</summary>
    public static bool SayProtected(string text) => Begin(IdentityText.Words(text)) && Sections(text).Exists(section => Begin(IdentityText.Words(section)) && !IsDenied(section));

    /// <summary>Whether it is a word of the standard, exactly as it is written there, with something behind it that does not answer with no.</summary>
    public static bool BeginAsStandard(string text)
    {
        var trimmed = text.Trim();
        return Array.Exists(OfStandard, word => trimmed.StartsWith(word, StringComparison.Ordinal) && (trimmed.Length == word.Length || !char.IsLetter(trimmed[word.Length])))
            && Sections(trimmed)[0] is var first && !IsDenied(first) && !EndsInNo(first);
    }

    /// <summary>Whether all of it is a word for a person's protection, as it stands alone.</summary>
    public static bool AreAll(string text) => Wholes.Contains(Letters(text)) && !text.Any(char.IsDigit);

    /// <summary>Whether protection is spoken of, wherever in the text, with anything but a plain no (<c>Ej skyddad</c>, <c>Sekretess: nej</c>).</summary>
    public static bool MayMeanProtection(string text) => Sections(text).Exists(section =>
    {
        var (parts, letters) = (MarkingParts.Of(section), Letters(section));
        var isPlainNo = Array.Exists(parts, Denials.Contains) && Stems.Contains(string.Concat(parts.Where(part => !Denials.Contains(part))));
        return !isPlainNo && (Array.Exists(parts, Begin) || Array.Exists(Protecting, letters.Contains));
    });

    /// <param name="answer">What stands in a column of protection.</param>
    public static bool IsNo(string answer) => Denials.Contains(IdentityText.Words(answer).Split(' ')[0]);

    /// <summary>Whether it says no and nothing else. One letter may be a register's code for anything.</summary>
    public static bool IsPlainNo(string text) => IdentityText.Words(text) is var words && words is not { Length: 1 } or "0" && Denials.Contains(words);

    public static bool IsPlainYes(string text) => Affirmations.Contains(IdentityText.Words(text));

    public static string Letters(string text) => string.Concat(IdentityText.Words(text).Where(char.IsLetter));

    private static bool Begin(string words) =>
        Array.Exists(Beginnings, word => words.StartsWith(word, StringComparison.Ordinal)) || Abbreviations.Contains(words.Split(' ')[0]);

    /// <summary>What is said by itself. A no that stands alone answers what is before it, and one behind a stroke all that is.</summary>
    private static List<string> Sections(string text)
    {
        var sections = new List<string>();
        foreach (var section in MarkingParts.Sections(text).SelectMany(section => EndsInNo(section) ? [section] : section.Split('/')))
        {
            if (sections.Count > 0 && Array.TrueForAll(MarkingParts.Of(section), part => IsDenial(part) || IsZero(part)))
            {
                sections[^1] += $" {section}";
            }
            else
            {
                sections.Add(section);
            }
        }

        return sections;
    }

    /// <summary>A no glued to a word of protection, a zero, or a no where there is nothing else beside such words.</summary>
    private static bool IsDenied(string section)
    {
        var parts = MarkingParts.Of(section);
        var numbers = Array.FindAll(parts, IsNumber);
        var rest = parts.Where((part, at) => !IsNumber(part) && !(IsDenial(part) && !IsUntil(parts, at))).ToList();
        return Array.Exists(parts, part => IsDenial(BehindStem(part)))
            || (numbers.Length > 0 && Array.TrueForAll(numbers, IsZero))
            || (rest.Count + numbers.Length < parts.Length && AreStems(string.Concat(rest)));
    }

    private static bool EndsInNo(string section) => MarkingParts.Of(section) is [.., var last] && (IsDenial(last) || IsZero(last));

    private static bool IsNumber(string part) => char.IsDigit(part[0]);

    private static bool IsZero(string part) => part.Trim('0').Length == 0;

    private static bool IsDenial(string part) => part.Length > 0 && part != "0" && (Denials.Contains(part) || Doubts.Contains(part));

    /// <summary><c>tom 2027</c> is until then, and <c>tom</c> empty.</summary>
    private static bool IsUntil(string[] parts, int at) => parts[at] is "tom" or "slut" && at + 1 < parts.Length && IsNumber(parts[at + 1]);

    private static string BehindStem(string part) => StemOf(part) is { } found ? part[found.Length..] : "";

    private static string? StemOf(string letters) => Array.Find(Stems, stem => letters.StartsWith(stem, StringComparison.Ordinal));

    /// <summary>Words of protection one after the other, and nothing else.</summary>
    private static bool AreStems(string letters)
    {
        while (letters.Length > 0 && StemOf(letters) is { } stem)
        {
            letters = letters[stem.Length..];
        }

        return letters.Length == 0;
    }
}
