using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>
/// Cleans a value so that Apple's open questions about escaping never arise: no straight double quote, no backslash, no line break; white
/// space collapsed and trimmed.
/// </summary>
internal static class AppleText
{
    private static readonly SearchValues<byte> Suspicious = PlainText.Suspicious("\"\\"u8);

    /// <summary>The cleaned value; the value itself when there is nothing to clean.</summary>
    public static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> value) =>
        PlainText.IsPlain(value, Suspicious) ? value : Encoding.UTF8.GetBytes(Clean(Encoding.UTF8.GetString(value)));

    /// <summary>Whether nothing is left of a value. Looks at its first character, and seldom further.</summary>
    public static bool IsBlank(ReadOnlySpan<byte> value) =>
        (value.IsEmpty || value[0] == ' ' || Suspicious.Contains(value[0])) && Clean(value).IsEmpty;

    private static string Clean(string value)
    {
        var clean = new StringBuilder(value.Length);
        foreach (var c in value)
        {
            var replaced = c == '"' ? '’' : c == '\\' ? '/' : char.IsWhiteSpace(c) || char.IsControl(c) ? ' ' : c;
            if (replaced != ' ' || (clean.Length > 0 && clean[^1] != ' '))
            {
                clean.Append(replaced);
            }
        }

        return clean.ToString().TrimEnd();
    }
}
