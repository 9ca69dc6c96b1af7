using System.Text;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>One <c>UNILoginImport</c> document in the making.</summary>
internal sealed class ImportDocument
{
    private const string Root = "UNILoginImport";
    private const string Institution = "Institution";

    private readonly StringBuilder _text = new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    private int _lines = 1;

    public ImportDocument(UniloginImportSettings settings, string source, string number, string name, DateTime sent, string schoolYear)
    {
        var head = new ImportXml(0);
        head.Open(
            Root, $"xmlns=\"{settings.Namespace}\" sourceDateTime=\"{KnownInstitution.Text(sent)}\" source=\"{source}\" schoolYear=\"{schoolYear}\"");
        head.Open(Institution);
        head.Write(("InstitutionNumber", number));
        head.Write(("InstitutionName", name));
        Append(head.ToString());
    }

    /// <returns>Where it stands, for what is known once the receiver has taken it.</returns>
    public KnownLine Add(ImportBlock block, bool isGroup)
    {
        var first = _lines + 1;
        Append(block.Xml);
        return new KnownLine(isGroup, block.Key, block.Hash, block.Person, first, _lines);
    }

    public void Write(Stream stream)
    {
        _text.Append($"  </{Institution}>\n</{Root}>\n");
        stream.Write(Encoding.UTF8.GetBytes(_text.ToString()));
    }

    private void Append(string lines)
    {
        _text.Append(lines);
        _lines += lines.Count(c => c == '\n');
    }
}
