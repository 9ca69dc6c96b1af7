using System.Buffers;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Tells at one glance the values that no target's cleaning would change: nearly all of them.</summary>
internal static class PlainText
{
    /// <summary>Control characters, and beyond ASCII the first bytes of all white space and further control characters.</summary>
    private static ReadOnlySpan<byte> Unusual =>
    [
        0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x0E, 0x0F,
        0x10, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16, 0x17, 0x18, 0x19, 0x1A, 0x1B, 0x1C, 0x1D, 0x1E, 0x1F,
        0x7F, 0xC2, 0xE1, 0xE2, 0xE3,
    ];

    /// <summary>Bytes that a plain value does not have.</summary>
    /// <param name="replaced">What the target's cleaning replaces beside white space and control characters.</param>
    public static SearchValues<byte> Suspicious(ReadOnlySpan<byte> replaced) => SearchValues.Create([.. Unusual, .. replaced]);

    /// <summary>No suspicious byte, no space at an end, and no two together. May say no of a value that is plain.</summary>
    public static bool IsPlain(ReadOnlySpan<byte> value, SearchValues<byte> suspicious) =>
        value.IsEmpty || (value[0] != ' ' && value[^1] != ' ' && value.IndexOfAny(suspicious) < 0 && value.IndexOf("  "u8) < 0);
}
