using System.Collections.Concurrent;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>
/// Our own schema of the document: the service's is not public. Written from what is published of it, for whatever namespace the settings name.
/// </summary>
internal static class ImportSchema
{
    private const string Resource = "UNILoginImport.xsd";
    private const string Placeholder = "urn:edufunctions:draft:unilogin-import";

    private static readonly ConcurrentDictionary<string, XmlSchemaSet> Compiled = new(StringComparer.Ordinal);

    private static readonly Lazy<HashSet<string>> Names = new(() => [.. XDocument.Parse(Text()).Descendants().Attributes("name").Select(name => name.Value)]);

    /// <summary>What an element or attribute is called; only its kind where the schema has none of that name, which may be anybody's.</summary>
    public static string NameOf(XmlReader? at) =>
        at is null ? "document" : Names.Value.Contains(at.LocalName) ? at.LocalName : at.NodeType == XmlNodeType.Attribute ? "attribute" : "element";

    public static XmlSchemaSet For(string xmlNamespace) => Compiled.GetOrAdd(xmlNamespace, Compile);

    private static XmlSchemaSet Compile(string xmlNamespace)
    {
        using var schema = XmlReader.Create(new StringReader(Text().Replace(Placeholder, xmlNamespace, StringComparison.Ordinal)));
        var schemas = new XmlSchemaSet { XmlResolver = null };
        schemas.Add(xmlNamespace, schema);
        schemas.Compile();
        return schemas;
    }

    private static string Text()
    {
        using var resource = typeof(ImportSchema).Assembly.GetManifestResourceStream(Resource)!;
        using var text = new StreamReader(resource);
        return text.ReadToEnd();
    }
}
