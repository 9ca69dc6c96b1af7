using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Telemetry;

/// <summary>
/// Takes out of a text what may stand for a person: ids, mail addresses, civic numbers. Our own sentences hold none of it; this is for those of
/// others, such as an answer or an address that was called.
/// </summary>
internal static partial class Impersonal
{
    public const string Mark = "(removed)";

    public static string Of(string text) => Pattern().Replace(text, Mark);

    // A civic number is six or eight digits and four more; names of runs have a T in their midst.
    [GeneratedRegex(
        @"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|[^\s@""'<>/]+@[^\s@""'<>/]+\.\w+|(?<!\d)(\d{2})?\d{6}[-+]?\d{4}(?!\d)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
