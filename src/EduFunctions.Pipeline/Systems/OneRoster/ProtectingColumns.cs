using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>
/// Columns of the sender's own that are called after a person's protection. The whole name has to say so: an agreement of secrecy that every teacher has signed, who
/// has looked at it, and a device that is protected are called after something else.
/// </summary>
internal static class ProtectingColumns
{
    private static readonly HashSet<string> Names = new(["securitymarking", "securitymark", "protected", "hemlig", "skyddat", "skyddade"], StringComparer.Ordinal);

    /// <summary>What may stand before it without making it something else.</summary>
    private static readonly string[] Before = ["is", "has", "har", "är", "ar", "personens", "person", "elevens", "elev", "student", "user", "användare", "anvandare"];

    /// <summary>Behind it: how strict it is, since when, and why.</summary>
    private static readonly string[] After =
    [
        "kod", "code", "typ", "type", "status", "flagga", "flag", "nivå", "niva", "level", "grad", "värde", "varde", "value", "från", "fran", "from", "sedan", "since",
        "orsak", "reason", "info", "kommentar", "anteckning", "notering", "note", "text", "uppgift",
    ];

    public static bool Has(string name)
    {
        var letters = ProtectionWords.Letters(name[(name.LastIndexOf('.') + 1)..]);
        return IsProtection(letters)
            || After.Where(word => letters.EndsWith(word, StringComparison.Ordinal)).Any(word => IsProtection(letters[..^word.Length]));
    }

    private static bool IsProtection(string letters) =>
        IsName(letters) || Before.Where(word => letters.StartsWith(word, StringComparison.Ordinal)).Any(word => IsName(letters[word.Length..]));

    private static bool IsName(string letters) => Names.Contains(letters) || ProtectionWords.AreAll(letters);
}
