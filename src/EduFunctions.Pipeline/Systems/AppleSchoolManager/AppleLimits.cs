using System.Buffers;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>What Apple takes. Choosing asks here who can stand in the files, and the check whether they do.</summary>
internal static class AppleLimits
{
    public const int MostLocations = 999;
    public const int MostInstructors = 15;
    public const int FewestInstructors = 3;

    /// <summary>In characters. Apple names no limit; no name or address of anybody is longer.</summary>
    public const int LongestValue = 255;

    /// <summary>What Apple wants quoted.</summary>
    public static readonly SearchValues<byte> Quoted = SearchValues.Create(" ,;"u8);

    /// <summary>What no value may hold: how Apple would have it escaped is not said.</summary>
    public static readonly SearchValues<byte> Forbidden = SearchValues.Create("\"\\\r\n\t"u8);

    /// <summary>Of ids.</summary>
    public static readonly SearchValues<byte> IdAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    /// <summary>Of ids of people, as others have them.</summary>
    public static readonly SearchValues<byte> IdAlphabetWithDots =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-."u8);

    public static bool IsTooLong(ReadOnlySpan<byte> clean) => CleanText.IsLonger(clean, LongestValue);

    /// <summary>Whether a value can stand in a file, whatever its column.</summary>
    public static bool Takes(ReadOnlySpan<byte> value) => value.IndexOfAny(Forbidden) < 0 && !IsTooLong(value) && PlainText.IsSafe(value);

    public static bool TakesId(ReadOnlySpan<byte> id) => !id.IsEmpty && id.IndexOfAnyExcept(IdAlphabet) < 0 && PlainText.IsSafe(id);

    public static bool TakesId(EntityId id) => WrittenId.IsTaken(id, TakesId);
}
