using System.Xml;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>A request as it came: the whole envelope, and the operation in its body.</summary>
public sealed class SoapQuestion
{
    private SoapQuestion(XmlDocument envelope, XmlElement operation) => (Envelope, Operation) = (envelope, operation);

    public XmlDocument Envelope { get; }

    public XmlElement Operation { get; }

    public string? MessageId => Header("MessageID", Names.Addressing)?.InnerText;

    /// <exception cref="XmlException">It is no SOAP 1.2 envelope with one operation.</exception>
    public static SoapQuestion Parse(Stream request)
    {
        var envelope = new XmlDocument { PreserveWhitespace = true };
        using var reader = XmlReader.Create(request, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        envelope.Load(reader);
        var body = envelope.DocumentElement is { LocalName: "Envelope", NamespaceURI: Names.Soap } root
            ? root.ChildNodes.OfType<XmlElement>().SingleOrDefault(part => part is { LocalName: "Body", NamespaceURI: Names.Soap })
            : null;
        return body?.ChildNodes.OfType<XmlElement>().ToList() is [var operation]
            ? new SoapQuestion(envelope, operation)
            : throw new XmlException("no envelope with one operation");
    }

    /// <summary>The text of a child of the operation, in the operation's own namespace unless another is given.</summary>
    public string? Value(string name, string? ns = null) => Operation[name, ns ?? Operation.NamespaceURI]?.InnerText;

    internal XmlElement? Header(string name, string ns) => Envelope.DocumentElement!["Header", Names.Soap]?[name, ns];
}
