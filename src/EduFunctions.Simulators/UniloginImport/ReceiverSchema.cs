using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace EduFunctions.Simulators.UniloginImport;

/// <summary>The draft of the document's schema, the one that senders check against as well: nobody has another.</summary>
internal static class ReceiverSchema
{
    private const string Placeholder = "urn:edufunctions:draft:unilogin-import";

    /// <summary>The places where a document breaks it.</summary>
    public static IReadOnlyList<XObject> Breaches(XDocument document, string xmlNamespace)
    {
        var breaches = new List<XObject>();
        document.Validate(Load(xmlNamespace), (place, _) => breaches.Add((XObject)place!));
        return document.Root!.Name.NamespaceName == xmlNamespace ? breaches : [document.Root];
    }

    private static XmlSchemaSet Load(string xmlNamespace)
    {
        using var text = new StreamReader(typeof(ReceiverSchema).Assembly.GetManifestResourceStream("UNILoginImport.xsd")!);
        var schemas = new XmlSchemaSet();
        schemas.Add(xmlNamespace, XmlReader.Create(new StringReader(text.ReadToEnd().Replace(Placeholder, xmlNamespace, StringComparison.Ordinal))));
        return schemas;
    }
}
