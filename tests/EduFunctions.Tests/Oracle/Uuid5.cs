using System.Security.Cryptography;
using System.Text;

namespace EduFunctions.Tests.Oracle;

/// <summary>Ids made from text, RFC 9562 version 5, in the product's namespace.</summary>
internal static class Uuid5
{
    private const string Namespace = "6f1c2d9e6a555d0c9a0b3c7d5e1f2a41";

    public static string Of(string name) => Of(Namespace, name);

    public static string Of(string space, string name)
    {
#pragma warning disable CA5350 // The standard asks for SHA-1.
        var hash = Convert.ToHexStringLower(SHA1.HashData([.. Convert.FromHexString(space), .. Encoding.UTF8.GetBytes(name)]));
#pragma warning restore CA5350
        var variant = "89ab"[Convert.ToInt32(hash[16..17], 16) & 3];
        return $"{hash[..8]}-{hash[8..12]}-5{hash[13..16]}-{variant}{hash[17..20]}-{hash[20..32]}";
    }
}
