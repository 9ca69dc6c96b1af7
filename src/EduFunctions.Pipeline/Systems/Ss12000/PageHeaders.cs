using System.Globalization;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>What the head of an answer says of the list: some servers name the next page, or the number of rows, there alone.</summary>
/// <param name="Rows">How many rows there are; null when it is not said.</param>
/// <param name="Next">The header that names another page; null when none does.</param>
internal sealed record PageHeaders(long? Rows, string? Next)
{
    private const string Own = "X-";

    public static PageHeaders Of(HttpResponseMessage answer, SilentSizes silent)
    {
        var (rows, next) = (silent.Has("contentrange") ? null : answer.Content.Headers.ContentRange?.Length, (string?)null);
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers))
        {
            var value = string.Join(", ", values).Trim();
            if (name.Equals("Link", StringComparison.OrdinalIgnoreCase))
            {
                next ??= IsNext(value) ? name : null;
            }
            else if (name.StartsWith(Own, StringComparison.OrdinalIgnoreCase) && !name.Contains("rate", StringComparison.OrdinalIgnoreCase))
            {
                Read(name, value, silent, ref rows, ref next);
            }
        }

        return new PageHeaders(rows, next);
    }

    private static void Read(string name, string value, SilentSizes silent, ref long? rows, ref string? next)
    {
        var letters = string.Concat(name[Own.Length..].Where(char.IsAsciiLetter)).ToLowerInvariant();
        var isNumber = long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        var isYes = value.Length > 0 && !value.Equals("false", StringComparison.OrdinalIgnoreCase) && !value.Equals("null", StringComparison.OrdinalIgnoreCase) && value != "0";
        switch (EnvelopeMembers.Of(letters, isInner: false))
        {
            case EnvelopeMember.Rows when isNumber && !silent.Has(letters):
                rows = Math.Max(number, rows ?? 0);
                break;

            // Tokens in heads are mostly about who asks.
            case EnvelopeMember.Next when isYes && (letters.Contains("next", StringComparison.Ordinal) || letters.Contains("more", StringComparison.Ordinal)):
                next ??= name;
                break;
        }
    }

    private static bool IsNext(string links) => links.Split(',').Any(link =>
        link.Split(';').Skip(1).Select(part => string.Concat(part.Where(c => !char.IsWhiteSpace(c) && c is not ('"' or '\'')))).Contains("rel=next", StringComparer.OrdinalIgnoreCase));
}
