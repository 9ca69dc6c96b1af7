using System.Text;
using System.Xml;

namespace EduFunctions.Pipeline.Protocols.Soap;

internal static class Envelope
{
    public const string BodyId = "body";

    private static readonly XmlWriterSettings Plain = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true };

    /// <param name="headers">Writes the header blocks; null for an envelope without.</param>
    public static byte[] Write(SoapVersion version, Action<XmlWriter>? headers, SoapOperation operation)
    {
        var soap = SoapNamespaces.Envelope(version);
        using var bytes = new MemoryStream();
        using (var xml = XmlWriter.Create(bytes, Plain))
        {
            xml.WriteStartElement("soap", "Envelope", soap);
            if (headers is not null)
            {
                xml.WriteAttributeString("xmlns", "wsu", null, SoapNamespaces.Utility);
                xml.WriteStartElement("Header", soap);
                headers(xml);
                xml.WriteEndElement();
            }

            xml.WriteStartElement("Body", soap);
            if (headers is not null)
            {
                xml.WriteId(BodyId);
            }

            xml.WriteStartElement("op", operation.Name, operation.Namespace);
            operation.Parameters?.Invoke(xml);
            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return bytes.ToArray();
    }

    public static void WriteId(this XmlWriter xml, string id) => xml.WriteAttributeString("wsu", "Id", SoapNamespaces.Utility, id);

    /// <summary>A header block with an id, so that it can be signed.</summary>
    public static void WriteBlock(this XmlWriter xml, string prefix, string name, string ns, string value)
    {
        xml.WriteStartElement(prefix, name, ns);
        xml.WriteId(name);
        xml.WriteString(value);
        xml.WriteEndElement();
    }
}
