using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Xml;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>
/// The signature in the header of an answer. Parts are looked up by their place, never by searching for an id, so that a signed part which
/// was moved elsewhere counts for nothing: only the header's own blocks and the envelope's own body can be meant.
/// </summary>
[Told]
internal sealed class SignedParts
{
    private readonly Dictionary<string, SignedReference> _references = new(StringComparer.Ordinal);

    private SignedParts()
    {
    }

    /// <summary>Proves everything but the body, which is yet to come.</summary>
    /// <exception cref="SoapException">The answer proves nothing, or something is wrong with it.</exception>
    public static SignedParts Verify(XmlElement header, AnswerTrust trust, DateTimeOffset now)
    {
        var security = header.Only(SoapNamespaces.Security, "Security") ?? throw Refused("carries no signature");
        var signature = security.Only(SoapNamespaces.Signature, "Signature") ?? throw Refused("carries no signature");
        var blocks = BlocksById(header, security);
        var info = signature.Only(SoapNamespaces.Signature, "SignedInfo") ?? throw Refused("has a signature without content");
        using var signer = Signer(signature, blocks);
        trust.Require(signer, now);
        VerifySignature(signature, info, signer);

        var parts = new SignedParts();
        foreach (XmlElement reference in info.Children(SoapNamespaces.Signature, "Reference"))
        {
            var signed = SignedReference.Of(reference);
            if (!parts._references.TryAdd(signed.Id, signed))
            {
                throw Refused("signs a part twice");
            }
        }

        var stamp = security.Only(SoapNamespaces.Utility, "Timestamp");
        if (stamp is null || IdOf(stamp) is not { } id || !parts._references.ContainsKey(id))
        {
            throw Refused("has no signed time stamp");
        }

        parts.VerifyBlocks(blocks);
        Timestamp.Require(stamp, now);
        return parts;
    }

    /// <summary>The digest that the body has to come to: the one signed part that is no block of the header.</summary>
    public SignedReference Body(string? id) =>
        id is not null && _references.Count == 1 && _references.TryGetValue(id, out var body) ? body
        : throw Refused("has a body that is not signed, or signs a part that it does not have");

    internal static SoapException Refused(string cause) => new($"the answer {cause}; nobody can tell who made it", mayPass: false);

    private static Dictionary<string, XmlElement> BlocksById(XmlElement header, XmlElement security)
    {
        var blocks = new Dictionary<string, XmlElement>(StringComparer.Ordinal);
        foreach (var block in header.ChildNodes.OfType<XmlElement>().Concat(security.ChildNodes.OfType<XmlElement>()))
        {
            if (IdOf(block) is { } id && !blocks.TryAdd(id, block))
            {
                throw Refused("gives one id to two parts");
            }
        }

        return blocks;
    }

    private static X509Certificate2 Signer(XmlElement signature, Dictionary<string, XmlElement> blocks)
    {
        var reference = signature.Only(SoapNamespaces.Signature, "KeyInfo")?.Only(SoapNamespaces.Security, "SecurityTokenReference")?
            .Only(SoapNamespaces.Security, "Reference");
        var token = reference?.GetAttribute("URI") is ['#', .. var id] ? blocks.GetValueOrDefault(id) : null;
        try
        {
            return token is { LocalName: "BinarySecurityToken", NamespaceURI: SoapNamespaces.Security }
                ? X509CertificateLoader.LoadCertificate(Convert.FromBase64String(token.InnerText))
                : throw Refused("does not carry the certificate that it is signed with");
        }
        catch (Exception e) when (e is FormatException or CryptographicException)
        {
            throw Refused("carries a certificate that cannot be read");
        }
    }

    private static void VerifySignature(XmlElement signature, XmlElement info, X509Certificate2 signer)
    {
        var method = info.Only(SoapNamespaces.Signature, "CanonicalizationMethod");
        var algorithm = info.Only(SoapNamespaces.Signature, "SignatureMethod")?.GetAttribute("Algorithm");
        if (method?.GetAttribute("Algorithm") != SoapNamespaces.ExclusiveC14n || algorithm != SoapNamespaces.RsaSha256)
        {
            throw Refused("is not signed with RSA-SHA256 over exclusive canonical XML");
        }

        using var key = signer.GetRSAPublicKey() ?? throw Refused("is signed with a key that is no RSA key");
        var digest = SignedReference.DigestOf(new XmlNodeReader(info), SignedReference.PrefixesOf(method), null);
        try
        {
            var value = Convert.FromBase64String(signature.Only(SoapNamespaces.Signature, "SignatureValue")?.InnerText ?? "");
            if (!key.VerifyHash(digest, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))
            {
                throw Refused("has a signature that does not fit its certificate");
            }
        }
        catch (FormatException)
        {
            throw Refused("has a signature that cannot be read");
        }
    }

    private void VerifyBlocks(Dictionary<string, XmlElement> blocks)
    {
        foreach (var (id, block) in blocks)
        {
            if (_references.Remove(id, out var reference))
            {
                reference.Require(SignedReference.DigestOf(new XmlNodeReader(block), reference.Prefixes, null), block.LocalName);
            }
        }
    }

    private static string? IdOf(XmlElement block) =>
        block.GetAttributeNode("Id", SoapNamespaces.Utility)?.Value ?? block.GetAttributeNode("Id")?.Value;
}
