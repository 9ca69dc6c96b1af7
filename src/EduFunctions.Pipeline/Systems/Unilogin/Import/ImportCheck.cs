using System.Xml;
using System.Xml.Schema;
using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Reads documents and lists what the receiver would refuse: what breaks the schema, lengths in bytes, groups that are not declared.</summary>
internal sealed class ImportCheck : ITargetCheck
{
    private const string Forgetting = "slet";

    public string Type => "uniloginImport";

    public IReadOnlyList<TargetRule> Rules => ImportTargetRules.All;

    public void Check(CheckedFiles files, CheckReport report)
    {
        foreach (var file in files.All)
        {
            report.CountFile();
            try
            {
                var isForgetting = file.Name.Contains(Forgetting, StringComparison.OrdinalIgnoreCase);

                // First what namespace the root has: the same file is then read from its start.
                var settings = Settings(NamespaceOf(file), file.Name, report);
                using var reader = XmlReader.Create(file.Open(), settings);
                new ImportReading(reader, file.Name, isForgetting, report).Read();
            }
            catch (XmlException e)
            {
                report.Add(new RuleBreach(ImportTargetRules.WellFormed, file.Name, e.LineNumber, e.LinePosition, "document", ""));
            }
        }
    }

    private static string NamespaceOf(CheckedFile file)
    {
        using var reader = XmlReader.Create(file.Open(), new XmlReaderSettings { CloseInput = false });
        reader.MoveToContent();
        return reader.NamespaceURI;
    }

    private static XmlReaderSettings Settings(string xmlNamespace, string file, CheckReport report)
    {
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema, Schemas = ImportSchema.For(xmlNamespace), CloseInput = false };

        // That an id is there once is asked below, where it can be told from all else.
        settings.ValidationFlags = XmlSchemaValidationFlags.ReportValidationWarnings | XmlSchemaValidationFlags.AllowXmlAttributes;

        // The message of the schema quotes the value, which may be a person's. Only a value that is none of its kind has an inner reason.
        settings.ValidationEventHandler += (sender, broken) => report.Add(new RuleBreach(
            broken.Exception.InnerException is null ? ImportTargetRules.Structure : ImportTargetRules.Value,
            file, broken.Exception.LineNumber, broken.Exception.LinePosition, ImportSchema.NameOf(sender as XmlReader), ""));
        return settings;
    }
}
