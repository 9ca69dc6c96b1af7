using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>Of what the text of a marking is made.</summary>
internal static class MarkingParts
{
    private static readonly string[] Signs = [",", ";", "(", ")", "[", "]", "|", "\r", "\n", " - ", " – "];

    /// <summary>What signs set apart.</summary>
    public static string[] Sections(string text) => text.Split(Signs, StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } sections ? sections : [text];

    /// <summary>Words in lower case and numbers, whatever cuts them off: signs, a capital or a digit.</summary>
    public static string[] Of(string text)
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
