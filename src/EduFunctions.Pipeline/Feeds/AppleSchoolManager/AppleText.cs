using System.Buffers;
using System.Text;

namespace EduFunctions.Pipeline.Feeds.AppleSchoolManager;

/// <summary>
/// Cleans a value so that Apple's open questions about escaping never arise: no straight double quote, no backslash, no line break; white
/// space collapsed and trimmed.
/// </summary>
internal static class AppleText
{
    // Beside what is replaced, the first bytes of all white space and control characters beyond ASCII.
    private static readonly SearchValues<byte> Suspicious = SearchValues.Create(
        [(byte)'"', (byte)'\\', 0x7F, 0xC2, 0xE1, 0xE2, 0xE3, .. Enumerable.Range(0, ' ').Select(control => (byte)control)]);

    /// <summary>The cleaned value; the value itself when there is nothing to clean.</summary>
    public static ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> value) =>
        IsClean(value) ? value : Encoding.UTF8.GetBytes(Clean(Encoding.UTF8.GetString(value)));

    private static bool IsClean(ReadOnlySpan<byte> value) =>
        value.IsEmpty
        || (value[0] != ' ' && value[^1] != ' ' && value.IndexOfAny(Suspicious) < 0 && value.IndexOf("  "u8) < 0);

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
