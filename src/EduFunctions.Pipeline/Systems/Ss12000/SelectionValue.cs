using System.Text;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>The two spellings of Extens' flags: Aktiv enhet is 1, Till LMS is Y; both may also be a JSON true.</summary>
internal static class SelectionValue
{
    public static bool IsOne(ReadOnlySpan<byte> value) => value.SequenceEqual("1"u8) || IsTrue(value);

    public static bool IsYes(ReadOnlySpan<byte> value) => Ascii.EqualsIgnoreCase(value, "y"u8) || IsTrue(value);

    private static bool IsTrue(ReadOnlySpan<byte> value) => Ascii.EqualsIgnoreCase(value, "true"u8);
}
