using System.Security.Cryptography;
using System.Text;
using System.Xml;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>What a signature says of one part.</summary>
/// <param name="Prefixes">Of namespaces that count even where nothing uses them.</param>
[Told]
internal sealed record SignedReference(string Id, IReadOnlyList<string> Prefixes, byte[] Digest)
{
    public static SignedReference Of(XmlElement reference)
    {
        var transforms = reference.Only(SoapNamespaces.Signature, "Transforms")?.Children(SoapNamespaces.Signature, "Transform").ToList();
        var digest = reference.Only(SoapNamespaces.Signature, "DigestMethod")?.GetAttribute("Algorithm");
        if (transforms is not [var transform] || transform.GetAttribute("Algorithm") != SoapNamespaces.ExclusiveC14n || digest != SoapNamespaces.Sha256)
        {
            throw SignedParts.Refused("has a part that is not signed with SHA-256 over exclusive canonical XML");
        }

        try
        {
            return reference.GetAttribute("URI") is ['#', .. { Length: > 0 } id]
                ? new SignedReference(id, PrefixesOf(transform), Convert.FromBase64String(reference.Only(SoapNamespaces.Signature, "DigestValue")?.InnerText ?? ""))
                : throw SignedParts.Refused("signs something outside itself");
        }
        catch (FormatException)
        {
            throw SignedParts.Refused("has a digest that cannot be read");
        }
    }

    public static string[] PrefixesOf(XmlElement method) =>
        method.Only(SoapNamespaces.ExclusiveC14n, "InclusiveNamespaces")?.GetAttribute("PrefixList") is { } list
            ? [.. list.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(prefix => prefix == "#default" ? "" : prefix)]
            : [];

    /// <summary>Of the element the reader stands on, or is to begin with.</summary>
    public static byte[] DigestOf(XmlReader reader, IReadOnlyList<string> prefixes, Action<XmlReader>? onElement)
    {
        if (reader.ReadState == ReadState.Initial)
        {
            reader.Read();
        }

        using var sha = SHA256.Create();
        using (var hashing = new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write))
        using (var text = new StreamWriter(hashing, new UTF8Encoding(false), 1 << 16))
        {
            new ExclusiveCanonicalizer(text, prefixes).Write(reader, onElement);
        }

        return sha.Hash!;
    }

    public void Require(byte[] digest, string part)
    {
        if (!CryptographicOperations.FixedTimeEquals(digest, Digest))
        {
            throw new SoapException($"the part {part} of the answer is not what was signed (digest): it was changed on the way", mayPass: false);
        }
    }
}
