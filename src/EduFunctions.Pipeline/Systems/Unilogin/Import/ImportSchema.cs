using System.Collections.Concurrent;
using System.Xml;
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

    public static XmlSchemaSet For(string xmlNamespace) => Compiled.GetOrAdd(xmlNamespace, Compile);

    private static XmlSchemaSet Compile(string xmlNamespace)
    {
        using var resource = typeof(ImportSchema).Assembly.GetManifestResourceStream(Resource)!;
        using var text = new StreamReader(resource);
        using var schema = XmlReader.Create(new StringReader(text.ReadToEnd().Replace(Placeholder, xmlNamespace, StringComparison.Ordinal)));
        var schemas = new XmlSchemaSet { XmlResolver = null };
        schemas.Add(xmlNamespace, schema);
        schemas.Compile();
        return schemas;
    }
}
