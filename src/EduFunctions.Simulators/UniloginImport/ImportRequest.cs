using System.Xml;
using System.Xml.Linq;

namespace EduFunctions.Simulators.UniloginImport;

/// <summary>A call as it came.</summary>
/// <param name="Document">The document in it, null when there is none that can be read.</param>
/// <param name="FirstLine">The line of the request on which the document begins: its own lines count from there.</param>
public sealed record ImportRequest(string Operation, string Username, string Password, XDocument? Document, int FirstLine)
{
    public string Institution => Value("InstitutionNumber");

    public DateTime SourceDateTime => XmlConvert.ToDateTime(Document!.Root!.Attribute("sourceDateTime")!.Value, XmlDateTimeSerializationMode.Utc);

    public string SchoolYear => Document!.Root!.Attribute("schoolYear")!.Value;

    public IEnumerable<XElement> Groups => Children("Group");

    public IEnumerable<XElement> Persons => Children("InstitutionPerson");

    public IEnumerable<string> LocalIds => Persons.Select(person => person.Elements().First().Value);

    /// <summary>The document is accepted as elements and as text.</summary>
    public static ImportRequest Read(byte[] body)
    {
        var envelope = XDocument.Load(new MemoryStream(body), LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        var call = envelope.Root!.Elements().Single(part => part.Name.LocalName == "Body").Elements().Single();
        if (call.Elements().SingleOrDefault(part => part.Name.LocalName == "instXML") is not { } xml)
        {
            return new ImportRequest(call.Name.LocalName, Part(call, "wsBrugerid"), Part(call, "wsPassword"), Document: null, FirstLine: 1);
        }

        var (document, firstLine) = (Parse(xml), xml.HasElements ? ((IXmlLineInfo)xml).LineNumber : 1);
        return new ImportRequest(call.Name.LocalName, Part(call, "wsBrugerid"), Part(call, "wsPassword"), document, firstLine);
    }

    public int LineOf(XObject place) => ((IXmlLineInfo)place).LineNumber - FirstLine + 1;

    private static XDocument? Parse(XElement xml)
    {
        try
        {
            if (xml.Elements().FirstOrDefault() is not { } root)
            {
                return XDocument.Parse(xml.Value, LoadOptions.SetLineInfo);
            }

            root.Remove();
            return new XDocument(root);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Part(XElement call, string name) => call.Elements().FirstOrDefault(part => part.Name.LocalName == name)?.Value ?? "";

    private string Value(string name) => Document?.Root!.Elements().Elements().FirstOrDefault(part => part.Name.LocalName == name)?.Value ?? "";

    private IEnumerable<XElement> Children(string name) => Document!.Root!.Elements().Elements().Where(part => part.Name.LocalName == name);
}
