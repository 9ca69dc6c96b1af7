using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;

namespace EduFunctions.Pipeline.Sources;

/// <summary>
/// Columns and members of a sender's own that are called after a person's protection. The whole name has to say so: an agreement of secrecy that every teacher has
/// signed, who has looked at it, and a device that is protected are called after something else.
/// </summary>
internal static class ProtectingNames
{
    /// <summary>Registers have a few names of their own, each in every row.</summary>
    private const int MostKnown = 4096;

    private static readonly HashSet<string> Names = new(
        ["securitymarking", "securitymark", "secmarking", "protected", "protection", "hemlig", "skyddat", "skyddade"], StringComparer.Ordinal);

    /// <summary>What may stand before it without making it something else.</summary>
    private static readonly string[] Before = ["is", "has", "har", "är", "ar", "personens", "person", "elevens", "elev", "student", "user", "användare", "anvandare", "x", "ext"];

    /// <summary>Behind it: how strict it is, since when, and why.</summary>
    private static readonly string[] After =
    [
        "kod", "code", "typ", "type", "status", "flagga", "flag", "nivå", "niva", "level", "grad", "värde", "varde", "value", "från", "fran", "from", "sedan", "since",
        "orsak", "reason", "info", "kommentar", "anteckning", "notering", "note", "text", "uppgift", "s", "ar", "er",
    ];

    private static readonly ConcurrentDictionary<ulong, bool> Known = [];

    public static bool Has(string name)
    {
        var letters = ProtectionWords.Letters(name[(name.LastIndexOf('.') + 1)..]);
        return IsProtection(letters)
            || After.Where(word => letters.EndsWith(word, StringComparison.Ordinal)).Any(word => IsProtection(letters[..^word.Length]));
    }

    /// <summary>The same of a name that comes again and again.</summary>
    public static bool Has(ReadOnlySpan<byte> name)
    {
        var hash = XxHash3.HashToUInt64(name);
        if (Known.TryGetValue(hash, out var has))
        {
            return has;
        }

        has = Has(Encoding.UTF8.GetString(name));
        return Known.Count < MostKnown ? Known.GetOrAdd(hash, has) : has;
    }

    private static bool IsProtection(string letters) =>
        IsName(letters) || Before.Where(word => letters.StartsWith(word, StringComparison.Ordinal)).Any(word => IsName(letters[word.Length..]));

    private static bool IsName(string letters) => Names.Contains(letters) || ProtectionWords.AreAll(letters);
}
