using System.Globalization;
using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>What spreadsheets and databases leave where something stood: errors of formulas, words for nothing, numbers cut short, characters that were lost.</summary>
internal static partial class SpreadsheetRemains
{
    private static readonly HashSet<string> Words = new(
        ["null", "(null)", "<null>", "nil", "undefined", "nan", "n/a", "true", "false", "falskt", "falsk"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether nothing can be seen there.</summary>
    public static bool IsBlank(string value) => value.All(c =>
        char.IsWhiteSpace(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.Format);

    /// <summary>Whether nobody can have meant that as an id.</summary>
    public static bool IsNoId(string value) =>
        Words.Contains(value) || value.Contains('\uFFFD', StringComparison.Ordinal) || !value.Any(char.IsLetterOrDigit) || Error().IsMatch(value) || ShortNumber().IsMatch(value);

    /// <summary><c>#REF!</c>, <c>#N/A</c>, <c>#VALUE!</c>, and what they are in other languages.</summary>
    [GeneratedRegex(@"^#(\p{Lu}[\p{Lu}/0]*[!?]|N/A|I/T)$")]
    private static partial Regex Error();

    /// <summary><c>1.23E+05</c>: the digits behind are gone.</summary>
    [GeneratedRegex(@"^\d+([.,]\d+)?E\+\d+$", RegexOptions.IgnoreCase)]
    private static partial Regex ShortNumber();
}
