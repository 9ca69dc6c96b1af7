using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace EduFunctions.Pipeline.Model;

/// <summary>Writes uuids in their 36 lower-case characters, sixteen at a time: feeds consist of ids for the most part.</summary>
internal static class UuidText
{
    public const int Length = 36;

    private const byte Hyphen = 0xFF;

    /// <summary>Where the last sixteen characters begin; they overlap those before.</summary>
    private const int Tail = Length - 16;

    public static void Write(ulong high, ulong low, Span<byte> utf8)
    {
        var uuid = Vector128.Create(BinaryPrimitives.ReverseEndianness(high), BinaryPrimitives.ReverseEndianness(low)).AsByte();
        var start = Characters(
            uuid,
            Vector128.Create(0, 0, 1, 1, 2, 2, 3, 3, Hyphen, 4, 4, 5, 5, Hyphen, 6, 6),
            Vector128.Create(255, 0, 255, 0, 255, 0, 255, 0, 0, 255, 0, 255, 0, 0, 255, 0));
        var middle = Characters(
            uuid,
            Vector128.Create(7, 7, Hyphen, 8, 8, 9, 9, Hyphen, 10, 10, 11, 11, 12, 12, 13, 13),
            Vector128.Create(255, 0, 0, 255, 0, 255, 0, 0, 255, 0, 255, 0, 255, 0, 255, 0));
        var end = Characters(
            uuid,
            Vector128.Create(8, 9, 9, Hyphen, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15),
            Vector128.Create(0, 255, 0, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0));
        start.CopyTo(utf8);
        middle.CopyTo(utf8[Vector128<byte>.Count..]);
        end.CopyTo(utf8[Tail..]);
    }

    /// <param name="places">By character: the byte of the uuid it comes from, or a hyphen.</param>
    /// <param name="upper">Marks the characters of the upper four bits.</param>
    private static Vector128<byte> Characters(Vector128<byte> uuid, Vector128<byte> places, Vector128<byte> upper)
    {
        var bytes = Vector128.ShuffleNative(uuid, places);
        var digits = Vector128.ConditionalSelect(upper, bytes >>> 4, bytes & Vector128.Create((byte)0x0F));
        var characters = Vector128.ShuffleNative(Vector128.Create("0123456789abcdef"u8), digits);
        return Vector128.ConditionalSelect(Vector128.Equals(places, Vector128.Create(Hyphen)), Vector128.Create((byte)'-'), characters);
    }
}
