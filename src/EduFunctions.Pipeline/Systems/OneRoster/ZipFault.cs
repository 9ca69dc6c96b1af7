using System.Globalization;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>Why a file cannot be opened as a zip, in words for the sender.</summary>
[Told]
internal static class ZipFault
{
    /// <summary>Something before a zip, such as the head of a mail or an answer, is not longer.</summary>
    private const int MostBefore = 1 << 16;

    private static ReadOnlySpan<byte> FirstFile => "PK\x03\x04"u8;

    public static string Of(Stream content)
    {
        if (content.Length == 0)
        {
            return "is empty: it has no bytes";
        }

        var start = new byte[(int)Math.Min(content.Length, MostBefore)];
        content.Position = 0;
        content.ReadExactly(start);
        return start.AsSpan().IndexOf(FirstFile) switch
        {
            < 0 => "is neither a folder nor a zip",
            0 => "is a zip that is cut or damaged: its list of files, which is its end, cannot be read",
            var before => string.Create(CultureInfo.InvariantCulture, $"is a zip with {before} bytes before it that are not of it"),
        };
    }
}
