using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EduFunctions.Pipeline.Model;

/// <summary>Uuids in their 36 characters, sixteen at a time: pulls and feeds consist of ids for the most part.</summary>
internal static class UuidText
{
    public const int Length = 36;

    /// <summary>In a shuffle the place of no byte, which gives zero.</summary>
    private const byte None = 0xFF;

    /// <summary>Where the last sixteen characters begin; they overlap those before.</summary>
    private const int Tail = Length - 16;

    // Which of the characters 0 to 15, 16 to 31 and 20 to 35 are digits; the others are hyphens.
    private const uint FirstDigits = 0b1101_1110_1111_1111;
    private const uint MiddleDigits = 0b1111_1111_0111_1011;
    private const uint LastDigits = 0b1111_1111_1111_0111;

    /// <param name="utf8">36 bytes.</param>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out ulong high, out ulong low)
    {
        ref var text = ref MemoryMarshal.GetReference(utf8);
        var areDigits = Digits(Vector128.LoadUnsafe(ref text), FirstDigits, out var first)
            & Digits(Vector128.LoadUnsafe(ref text, 16), MiddleDigits, out var middle)
            & Digits(Vector128.LoadUnsafe(ref text, 20), LastDigits, out var last);

        high = Join(
            Vector128.Shuffle(first, Vector128.Create(0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, None, None))
            | Vector128.Shuffle(middle, Vector128.Create(None, None, None, None, None, None, None, None, None, None, None, None, None, None, 0, 1)));
        low = Join(
            Vector128.Shuffle(middle, Vector128.Create(3, 4, 5, 6, None, None, None, None, None, None, None, None, None, None, None, None))
            | Vector128.Shuffle(last, Vector128.Create(None, None, None, None, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)));
        return areDigits && utf8[8] == '-' && utf8[13] == '-' && utf8[18] == '-' && utf8[23] == '-';
    }

    /// <summary>In lower case.</summary>
    public static void Write(ulong high, ulong low, Span<byte> utf8)
    {
        var uuid = Vector128.Create(BinaryPrimitives.ReverseEndianness(high), BinaryPrimitives.ReverseEndianness(low)).AsByte();
        var start = Characters(
            uuid,
            Vector128.Create(0, 0, 1, 1, 2, 2, 3, 3, None, 4, 4, 5, 5, None, 6, 6),
            Vector128.Create(255, 0, 255, 0, 255, 0, 255, 0, 0, 255, 0, 255, 0, 0, 255, 0));
        var middle = Characters(
            uuid,
            Vector128.Create(7, 7, None, 8, 8, 9, 9, None, 10, 10, 11, 11, 12, 12, 13, 13),
            Vector128.Create(255, 0, 0, 255, 0, 255, 0, 0, 255, 0, 255, 0, 255, 0, 255, 0));
        var end = Characters(
            uuid,
            Vector128.Create(8, 9, 9, None, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15),
            Vector128.Create(0, 255, 0, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0));
        start.CopyTo(utf8);
        middle.CopyTo(utf8[Vector128<byte>.Count..]);
        end.CopyTo(utf8[Tail..]);
    }

    /// <param name="places">By character: the byte of the uuid it comes from, or none for a hyphen.</param>
    /// <param name="upper">Marks the characters of the upper four bits.</param>
    private static Vector128<byte> Characters(Vector128<byte> uuid, Vector128<byte> places, Vector128<byte> upper)
    {
        var bytes = Vector128.ShuffleNative(uuid, places);
        var digits = Vector128.ConditionalSelect(upper, bytes >>> 4, bytes & Vector128.Create((byte)0x0F));
        var characters = Vector128.ShuffleNative(Vector128.Create("0123456789abcdef"u8), digits);
        return Vector128.ConditionalSelect(Vector128.Equals(places, Vector128.Create(None)), Vector128.Create((byte)'-'), characters);
    }

    /// <summary>The values of hexadecimal digits in either case; whether they stand exactly where they should.</summary>
    private static bool Digits(Vector128<byte> text, uint expected, out Vector128<byte> values)
    {
        var decimals = text - Vector128.Create((byte)'0');
        var letters = (text | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a');
        var isDecimal = Vector128.LessThanOrEqual(decimals, Vector128.Create((byte)9));
        var isLetter = Vector128.LessThanOrEqual(letters, Vector128.Create((byte)5));
        values = Vector128.ConditionalSelect(isDecimal, decimals, letters + Vector128.Create((byte)10));
        return (isDecimal | isLetter).ExtractMostSignificantBits() == expected;
    }

    /// <summary>Sixteen digits as a number.</summary>
    private static ulong Join(Vector128<byte> digits)
    {
        var pairs = digits.AsUInt16();
        var bytes = Vector128.Narrow((pairs << 4) | (pairs >> 8), Vector128<ushort>.Zero);
        return BinaryPrimitives.ReverseEndianness(bytes.AsUInt64().ToScalar());
    }
}
