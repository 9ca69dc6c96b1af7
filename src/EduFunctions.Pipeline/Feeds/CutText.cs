using System.Text;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Names of things, of which a target takes so many characters; one without its end is still known by its beginning.</summary>
internal static class CutText
{
    public static string Of(ReadOnlySpan<byte> clean, int characters)
    {
        var text = Encoding.UTF8.GetString(clean);
        if (text.Length <= characters)
        {
            return text;
        }

        var cut = char.IsHighSurrogate(text[characters - 1]) ? characters - 1 : characters;
        return text[..cut].TrimEnd();
    }
}
