using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Reads a document back and lists what the receiver would refuse: what breaks the schema, lengths in bytes, groups that are not declared.</summary>
internal sealed class ImportCheck(string file, Stream content)
{
    private const int MostErrors = 1000;

    private static readonly Dictionary<string, int> Most = new() { ["GroupName"] = ImportText.LongestGroupName, ["Line"] = 40, ["StudentNumber"] = 26 };

    private readonly List<FeedError> _errors = [];

    public IReadOnlyList<FeedError> Errors()
    {
        try
        {
            using var reader = XmlReader.Create(content, Settings(NamespaceOfRoot()));
            var document = XDocument.Load(reader, LoadOptions.SetLineInfo);
            CheckLengths(document);
            CheckReferences(document);
            CheckDescriptions(document);
        }
        catch (XmlException e)
        {
            _errors.Add(new FeedError(file, e.LineNumber, "document", "is no well-formed XML"));
        }

        return [.. _errors.OrderBy(error => error.Line).Take(MostErrors)];
    }

    private string NamespaceOfRoot()
    {
        using var reader = XmlReader.Create(content, new XmlReaderSettings { CloseInput = false });
        reader.MoveToContent();
        content.Position = 0;
        return reader.NamespaceURI;
    }

    private XmlReaderSettings Settings(string xmlNamespace)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = ImportSchema.For(xmlNamespace), CloseInput = false };
        settings.ValidationFlags |= XmlSchemaValidationFlags.ProcessIdentityConstraints | XmlSchemaValidationFlags.ReportValidationWarnings;

        // The message of the schema quotes the value, which may be a person's.
        settings.ValidationEventHandler += (sender, broken) => _errors.Add(new FeedError(
            file, broken.Exception.LineNumber, (sender as XmlReader)?.LocalName ?? "document", "breaks the schema: its value, its place, or an id that stands twice"));
        return settings;
    }

    private void CheckLengths(XDocument document)
    {
        foreach (var element in document.Descendants().Where(element => Most.ContainsKey(element.Name.LocalName)))
        {
            var most = Most[element.Name.LocalName];
            Require(ImportText.Length(element.Value) <= most, element, $"has more than {most} bytes");
        }
    }

    /// <summary>A group that a person is in must be one of the document's.</summary>
    private void CheckReferences(XDocument document)
    {
        var groups = Named(document, "Group").Elements().Where(element => element.Name.LocalName == "GroupId").Select(id => id.Value).ToHashSet();
        foreach (var reference in Named(document, "InstitutionPerson").Descendants().Where(element => element.Name.LocalName is "MainGroupId" or "GroupId"))
        {
            Require(groups.Contains(reference.Value), reference, "names a group that the document does not declare");
        }
    }

    /// <summary>Who is to go is named by the id alone, everybody else is described.</summary>
    private void CheckDescriptions(XDocument document)
    {
        var isSlet = ImportFile.Parse(file).Kind == ImportFileKind.Slet;
        foreach (var person in Named(document, "InstitutionPerson"))
        {
            Require(person.Elements().Count() == 1 == isSlet, person, isSlet ? "must have nothing but the id" : "must have more than the id");
        }
    }

    private static IEnumerable<XElement> Named(XDocument document, string name) =>
        document.Root!.Elements().Elements().Where(element => element.Name.LocalName == name);

    private void Require(bool isRight, XElement element, string rule)
    {
        if (!isRight)
        {
            _errors.Add(new FeedError(file, ((IXmlLineInfo)element).LineNumber, element.Name.LocalName, rule));
        }
    }
}
