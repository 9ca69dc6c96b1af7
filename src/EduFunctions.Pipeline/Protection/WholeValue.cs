using System.Buffers;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// A value as a field of its own, whatever stands in it: every feed quotes and cleans in its own way, so that marks within a value end a field here and none
/// there. What is found so is found in whatever row it is written in.
/// </summary>
internal static class WholeValue
{
    private static readonly SearchValues<byte> Marks = SearchValues.Create("\t\r\n,;|\"<>{}"u8);

    /// <summary>The same without the marks that end fields.</summary>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny(Marks) < 0)
        {
            return value;
        }

        var plain = value.ToArray();
        foreach (ref var letter in plain.AsSpan())
        {
            letter = Marks.Contains(letter) ? (byte)' ' : letter;
        }

        return plain;
    }
}
