using System.Buffers;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Tells at one glance the values that no target's cleaning would change: nearly all of them.</summary>
internal static class PlainText
{
    // First bytes of all white space and control characters beyond ASCII.
    private static ReadOnlySpan<byte> BeyondAscii => [0x7F, 0xC2, 0xE1, 0xE2, 0xE3];

    /// <summary>Bytes that a plain value does not have.</summary>
    /// <param name="replaced">What the target's cleaning replaces beside white space and control characters.</param>
    public static SearchValues<byte> Suspicious(ReadOnlySpan<byte> replaced) =>
        SearchValues.Create([.. Enumerable.Range(0, ' ').Select(control => (byte)control), .. BeyondAscii, .. replaced]);

    /// <summary>No suspicious byte, no space at an end, and no two together. May say no of a value that is plain.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> value, SearchValues<byte> suspicious) =>
        value.IsEmpty || (value[0] != ' ' && value[^1] != ' ' && value.IndexOfAny(suspicious) < 0 && value.IndexOf("  "u8) < 0);
}
