using System.Security.Cryptography;
using System.Text;

namespace EduFunctions.Simulators.Schools;

/// <summary>Ids that are the same on every run.</summary>
public static class Ids
{
    /// <summary>A lower-case uuid made from a short label such as <c>alva</c>.</summary>
    public static string Of(string label) => Uuid(SHA256.HashData(Encoding.UTF8.GetBytes(label))).ToString();

    internal static Guid Uuid(ReadOnlySpan<byte> random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random[..16].CopyTo(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x50);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
