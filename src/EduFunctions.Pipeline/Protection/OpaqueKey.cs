using System.Buffers;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Keys and numbers that a register or the product has made of nothing that people read: what looks like a word or a number in them is none. A key that is a text,
/// such as one that is made of a login, may tell of somebody.
/// </summary>
internal static class OpaqueKey
{
    private const int ShortestHex = 32;

    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789-_.:+ "u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF-_{}:"u8);

    public static bool Is(ReadOnlySpan<byte> key) => key.IndexOfAnyExcept(Digits) < 0 || IsHash(key);

    /// <summary>Whether it is one wherever it stands: a number may be somebody's telephone.</summary>
    public static bool IsHash(ReadOnlySpan<byte> key) => key.Length >= ShortestHex && key.IndexOfAnyExcept(HexDigits) < 0;
}
