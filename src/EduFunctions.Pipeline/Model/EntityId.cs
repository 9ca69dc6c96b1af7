using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// An id of a source in 16 bytes: a uuid, or any other text (<see cref="TextIds"/>), told apart by the ninth byte, which is never 0xFE or above
/// in a uuid. Ordered as the texts are, ordinal; the text of a uuid is in lower case.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = 8)]
public readonly record struct EntityId(ulong High, ulong Low) : IComparable<EntityId>
{
    public const int Size = 16;
    public const int UuidLength = UuidText.Length;

    /// <summary>In bytes; targets take ids of 256 characters at most.</summary>
    public const int LongestText = 255;

    /// <summary>The project's own namespace for derived ids (docs/feeds/apple-school-manager.md).</summary>
    internal static readonly EntityId DerivedNamespace = Parse("6f1c2d9e-6a55-5d0c-9a0b-3c7d5e1f2a41");

    public bool IsNone => (High | Low) == 0;

    /// <summary>Whether this is a text and no uuid.</summary>
    public bool IsText => Low >= TextIds.First;

    /// <summary>In bytes of UTF-8.</summary>
    public int TextLength => IsText ? TextIds.Length(this) : UuidLength;

    /// <summary>Accepts the 36-character form of a uuid only, in either case.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out EntityId id)
    {
        if (utf8.Length == UuidLength && UuidText.TryParse(utf8, out var high, out var low))
        {
            id = new EntityId(high, low);
            return !id.IsText;
        }

        id = default;
        return false;
    }

    /// <summary>The id that a source writes, which is remembered when it is no uuid (<see cref="SourceIds"/>).</summary>
    public static bool TryRead(ReadOnlySpan<byte> utf8, out EntityId id) => TryParse(utf8, out id) || SourceIds.TryRead(utf8, out id);

    public static bool TryParse(string? text, out EntityId id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var uuid);
        id = parsed ? From(uuid) : default;
        return parsed && !id.IsText;
    }

    public static EntityId Parse(string text) => From(Guid.ParseExact(text, "D"));

    /// <summary>The id with this text, a uuid or another, as people and files name it; only sources make new ones (<see cref="TextIds.TryAdd"/>).</summary>
    public static bool TryFind(ReadOnlySpan<byte> utf8, out EntityId id) => TryParse(utf8, out id) || TextIds.TryFind(utf8, out id);

    /// <inheritdoc cref="TryFind(ReadOnlySpan{byte}, out EntityId)"/>
    public static bool TryFind(string text, out EntityId id) => TryFind(Encoding.UTF8.GetBytes(text), out id);

    /// <summary>UUID version 5 (RFC 9562) of a name in the project's namespace.</summary>
    public static EntityId Derive(ReadOnlySpan<byte> name)
    {
        Span<byte> input = stackalloc byte[Size + name.Length];
        DerivedNamespace.CopyTo(input);
        name.CopyTo(input[Size..]);
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // Version 5 is defined over SHA-1; nothing is protected by it here.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        return Version5(BinaryPrimitives.ReadUInt64BigEndian(hash), BinaryPrimitives.ReadUInt64BigEndian(hash[8..]));
    }

    /// <summary>A version 5 id out of the first 16 bytes of a SHA-1.</summary>
    internal static EntityId Version5(ulong high, ulong low) =>
        new((high & ~0xF000UL) | 0x5000UL, (low & ~(3UL << 62)) | (1UL << 63));

    /// <summary>A version 8 id, which anybody may make of anything, out of the first 16 bytes of a hash.</summary>
    internal static EntityId OfHash(ReadOnlySpan<byte> hash) => new(
        (BinaryPrimitives.ReadUInt64BigEndian(hash) & ~0xF000UL) | 0x8000UL,
        (BinaryPrimitives.ReadUInt64BigEndian(hash[8..]) & ~(3UL << 62)) | (1UL << 63));

    /// <summary>Writes the text, of a uuid its 36 lower-case characters; the number of bytes.</summary>
    public int Format(Span<byte> utf8)
    {
        if (IsText)
        {
            return TextIds.Format(this, utf8);
        }

        UuidText.Write(High, Low, utf8);
        return UuidLength;
    }

    public override string ToString() => IsText ? TextIds.ToString(this) : ToGuid().ToString("D");

    public int CompareTo(EntityId other) =>
        Math.Max(Low, other.Low) >= TextIds.First ? TextIds.Compare(this, other)
        : High != other.High ? High.CompareTo(other.High)
        : Low.CompareTo(other.Low);

    public static bool operator <(EntityId left, EntityId right) => left.CompareTo(right) < 0;

    public static bool operator >(EntityId left, EntityId right) => left.CompareTo(right) > 0;

    public static bool operator <=(EntityId left, EntityId right) => left.CompareTo(right) <= 0;

    public static bool operator >=(EntityId left, EntityId right) => left.CompareTo(right) >= 0;

    // Sources hand out uuids of any version; the multiplication spreads those that differ in a few bits only.
    public override int GetHashCode() => (int)(((High ^ Low) * 0x9E3779B97F4A7C15) >> 32);

    private static EntityId From(Guid uuid)
    {
        Span<byte> bytes = stackalloc byte[16];
        uuid.TryWriteBytes(bytes, bigEndian: true, out _);
        return From(bytes);
    }

    internal static EntityId From(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    internal void CopyTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
    }

    private Guid ToGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        CopyTo(bytes);
        return new Guid(bytes, bigEndian: true);
    }
}
