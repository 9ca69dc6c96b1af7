using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>Lets in whoever signed the six parts of a message with the certificate that is registered for the system it names.</summary>
internal sealed class SignatureGate(string systemId, X509Certificate2 registered, TimeProvider clock)
{
    private readonly HashSet<string> _seen = [];

    /// <summary>The type of the fault with which the message is refused; null lets it in.</summary>
    public string? Refusal(SoapQuestion question)
    {
        var common = Names.Common(7);
        if (question.Header("Security", Names.Security) is not { } security || security["Signature", Names.Signature] is not { } signature)
        {
            return "SignaturMangler";
        }

        if (question.Header("UdbydersystemId", common) is not { } system)
        {
            return "UdbydersytemIdMangler";
        }

        var parts = new[]
        {
            question.Operation.ParentNode as XmlElement, security["Timestamp", Names.Utility], system, question.Header("Action", Names.Addressing),
            question.Header("To", Names.Addressing), question.Header("MessageID", Names.Addressing),
        };
        return system.InnerText == systemId && IsFresh(security["Timestamp", Names.Utility]) && IsSigned(question, security, signature, parts) && IsNew(question)
            ? null
            : "Signatur";
    }

    private bool IsSigned(SoapQuestion question, XmlElement security, XmlElement signature, XmlElement?[] parts)
    {
        var check = new ById(question.Envelope);
        check.LoadXml(signature);
        var signed = check.SignedInfo!.References.Cast<Reference>().Select(reference => reference.Uri).ToList();
        var token = signature["KeyInfo", Names.Signature]?["SecurityTokenReference", Names.Security]?["Reference", Names.Security]?.GetAttribute("URI");
        if (parts.Any(part => part is null || !signed.Contains($"#{part.GetAttribute("Id", Names.Utility)}"))
            || security["BinarySecurityToken", Names.Security] is not { } binary || token != $"#{binary.GetAttribute("Id", Names.Utility)}")
        {
            return false;
        }

        using var signer = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(binary.InnerText));
        return signer.RawData.AsSpan().SequenceEqual(registered.RawData) && check.CheckSignature(signer, verifySignatureOnly: true);
    }

    private bool IsFresh(XmlElement? stamp)
    {
        var now = clock.GetUtcNow();
        return Time("Created") <= now.AddMinutes(5) && Time("Expires") >= now.AddMinutes(-5);

        DateTimeOffset Time(string name) => DateTimeOffset.Parse(stamp![name, Names.Utility]!.InnerText, CultureInfo.InvariantCulture);
    }

    /// <summary>A message that comes a second time is somebody else's.</summary>
    private bool IsNew(SoapQuestion question)
    {
        lock (_seen)
        {
            return _seen.Add(question.MessageId!);
        }
    }

    private sealed class ById(XmlDocument document) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue)
        {
            var found = document!.SelectNodes("//*[@*[local-name()='Id']]")!.Cast<XmlElement>()
                .Where(element => element.GetAttribute("Id", Names.Utility) == idValue).ToList();
            return found is [var only] ? only : null;
        }
    }
}
