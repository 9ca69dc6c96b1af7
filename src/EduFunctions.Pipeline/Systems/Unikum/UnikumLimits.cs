using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>What Unikum takes. Choosing asks here who can stand in the files, and the check whether they do.</summary>
internal static class UnikumLimits
{
    /// <summary>In characters. Unikum names no limit; no name or address of anybody is longer.</summary>
    public const int LongestValue = 255;

    public static bool IsTooLong(ReadOnlySpan<byte> clean) => CleanText.IsLonger(clean, LongestValue);
}
