using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Telemetry;

/// <summary>
/// Takes out of a text what may stand for a person: ids, mail addresses, civic numbers. Our own sentences hold none of it; this is for those of
/// others, such as an answer or an address that was called.
/// </summary>
internal static partial class Impersonal
{
    public const string Mark = "(removed)";

    private const string Hash = "hash";

    public static string Of(string text) => Of(text, []);

    /// <param name="known">Ids of our own, of which it is known that they are nobody's, such as a school's.</param>
    public static string Of(string text, IReadOnlyCollection<string> known) =>
        Pattern().Replace(text, found => found.Groups[Hash].Success || known.Contains(found.Value) ? found.Value : Mark);

    // A civic number is six or eight digits and four more; names of runs have a T in their midst. A hash may have both in it, and is nobody.
    [GeneratedRegex(
        @"(?<hash>\b[0-9a-f]{40,64}\b)|\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|[^\s@""'<>/]+@[^\s@""'<>/]+\.\w+|(?<!\d)(\d{2})?\d{6}[-+]?\d{4}(?!\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
