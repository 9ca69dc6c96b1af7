using System.Globalization;
using System.Security.Cryptography.Xml;
using System.Xml;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>
/// WS-Security with an X.509 certificate: the body, the time stamp and every header block that says who wants what are signed, so that none
/// can be exchanged on the way.
/// </summary>
/// <param name="ns">Namespace of the header block with the provider's system id.</param>
/// <param name="providerSystemId">The id under which the service knows the calling system.</param>
public sealed class SignedMessages(SigningCertificate certificate, string ns, string providerSystemId, AnswerTrust trust) : ISoapAuthentication
{
    private const string TokenId = "token";
    private const string TimestampId = "timestamp";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    public AnswerTrust? Trust => trust;

    public SoapRequest Write(SoapCall question, DateTimeOffset now)
    {
        var messageId = $"urn:uuid:{Guid.NewGuid():D}";
        var envelope = new XmlDocument { PreserveWhitespace = true };
        using (var unsigned = new MemoryStream(Envelope.Write(question.Version, xml => WriteHeaders(xml, question, messageId, now), question.Operation)))
        using (var reader = XmlReader.Create(unsigned))
        {
            // By a reader: the document's own parser leaves line ends as they are, and the receiver's does not.
            envelope.Load(reader);
        }

        Sign(envelope);
        using var bytes = new MemoryStream();
        envelope.Save(bytes);
        return new SoapRequest(bytes.ToArray(), messageId);
    }

    private void WriteHeaders(XmlWriter xml, SoapCall call, string messageId, DateTimeOffset now)
    {
        xml.WriteBlock("wsa", "Action", SoapNamespaces.Addressing, call.Action);
        xml.WriteBlock("wsa", "To", SoapNamespaces.Addressing, call.Endpoint.OriginalString);
        xml.WriteStartElement("wsa", "ReplyTo", SoapNamespaces.Addressing);
        xml.WriteElementString("Address", SoapNamespaces.Addressing, SoapNamespaces.Anonymous);
        xml.WriteEndElement();
        xml.WriteBlock("wsa", "MessageID", SoapNamespaces.Addressing, messageId);
        xml.WriteBlock("stil", "UdbydersystemId", ns, providerSystemId);

        xml.WriteStartElement("wsse", "Security", SoapNamespaces.Security);
        xml.WriteAttributeString("mustUnderstand", SoapNamespaces.Envelope(call.Version), "1");
        xml.WriteStartElement("wsu", "Timestamp", SoapNamespaces.Utility);
        xml.WriteId(TimestampId);
        xml.WriteElementString("Created", SoapNamespaces.Utility, Text(now));
        xml.WriteElementString("Expires", SoapNamespaces.Utility, Text(now + Lifetime));
        xml.WriteEndElement();
        xml.WriteStartElement("wsse", "BinarySecurityToken", SoapNamespaces.Security);
        xml.WriteId(TokenId);
        xml.WriteAttributeString("ValueType", SoapNamespaces.X509Token);
        xml.WriteAttributeString("EncodingType", SoapNamespaces.Base64);
        xml.WriteString(Convert.ToBase64String(certificate.Certificate.RawData));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void Sign(XmlDocument envelope)
    {
        var signed = new SignedEnvelope(envelope) { SigningKey = certificate.Key };
        signed.SignedInfo!.CanonicalizationMethod = SoapNamespaces.ExclusiveC14n;
        signed.SignedInfo.SignatureMethod = SoapNamespaces.RsaSha256;
        foreach (var part in (string[])[Envelope.BodyId, TimestampId, "Action", "To", "MessageID", "UdbydersystemId"])
        {
            var reference = new Reference($"#{part}") { DigestMethod = SoapNamespaces.Sha256 };
            reference.AddTransform(new XmlDsigExcC14NTransform());
            signed.AddReference(reference);
        }

        signed.KeyInfo.AddClause(new KeyInfoNode(TokenReference(envelope)));
        signed.ComputeSignature();
        var security = (XmlElement)envelope.GetElementsByTagName("Security", SoapNamespaces.Security)[0]!;
        security.AppendChild(signed.GetXml());
    }

    private static XmlElement TokenReference(XmlDocument document)
    {
        var holder = document.CreateElement("wsse", "SecurityTokenReference", SoapNamespaces.Security);
        var reference = document.CreateElement("wsse", "Reference", SoapNamespaces.Security);
        reference.SetAttribute("URI", $"#{TokenId}");
        reference.SetAttribute("ValueType", SoapNamespaces.X509Token);
        holder.AppendChild(reference);
        return holder;
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Finds parts by the ids of WS-Security.</summary>
    private sealed class SignedEnvelope(XmlDocument document) : SignedXml(document)
    {
        public override XmlElement? GetIdElement(XmlDocument? document, string idValue) =>
            document!.SelectNodes("//*")!.Cast<XmlElement>().Single(element => element.GetAttribute("Id", SoapNamespaces.Utility) == idValue);
    }
}
