using System.Buffers;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>What the form takes. Choosing asks here who can stand in the files, and the check whether they do.</summary>
internal static class OneRosterLimits
{
    /// <summary>In characters: what every reader of the form has room for; of more, some may be lost without a word.</summary>
    public const int LongestText = 255;

    /// <summary>Of ids.</summary>
    public static readonly SearchValues<byte> IdAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-_/@"u8);

    public static bool IsTooLong(ReadOnlySpan<byte> clean) => CleanText.IsLonger(clean, LongestText);

    public static bool TakesId(ReadOnlySpan<byte> id) => !id.IsEmpty && id.Length <= LongestText && id.IndexOfAnyExcept(IdAlphabet) < 0 && PlainText.IsSafe(id);

    public static bool TakesId(EntityId id) => WrittenId.IsTaken(id, TakesId);
}
