using System.Xml;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>
/// Exclusive canonical XML without comments, written while a reader passes by: a signed part of any size is digested without standing in
/// memory. The platform has it for documents in memory only.
/// </summary>
/// <param name="inclusive">Prefixes whose declarations count even where nothing uses them; empty text for the default namespace.</param>
internal sealed class ExclusiveCanonicalizer(TextWriter output, IReadOnlyList<string> inclusive)
{
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";
    private const string XmlnsNamespace = "http://www.w3.org/2000/xmlns/";

    private readonly char[] _text = new char[4096];
    private readonly List<(string Prefix, string Uri, int Depth)> _declared = [];
    private readonly SortedDictionary<string, string> _new = new(StringComparer.Ordinal);
    private readonly List<(string Uri, string Local, string Name, string Value)> _attributes = [];

    /// <summary>Writes the element the reader stands on and leaves the reader at its end.</summary>
    /// <param name="onElement">Sees every element inside before it is written.</param>
    public void Write(XmlReader reader, Action<XmlReader>? onElement = null)
    {
        var depth = reader.Depth;
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    onElement?.Invoke(reader);
                    WriteElement(reader);
                    break;
                case XmlNodeType.EndElement:
                    WriteEnd(reader.Name, reader.Depth);
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    WriteText(reader);
                    break;
                case XmlNodeType.ProcessingInstruction:
                    output.Write(reader.Value.Length > 0 ? $"<?{reader.Name} {reader.Value}?>" : $"<?{reader.Name}?>");
                    break;
            }
        }
        while (!(reader.Depth == depth && (reader.NodeType == XmlNodeType.EndElement || reader is { NodeType: XmlNodeType.Element, IsEmptyElement: true }))
            && reader.Read());
    }

    private void WriteElement(XmlReader reader)
    {
        var (name, depth, isEmpty) = (reader.Name, reader.Depth, reader.IsEmptyElement);
        _new.Clear();
        _attributes.Clear();
        Declare(reader.Prefix, reader.NamespaceURI, depth);
        foreach (var prefix in inclusive)
        {
            Declare(prefix, reader.LookupNamespace(prefix) ?? "", depth);
        }

        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI != XmlnsNamespace)
            {
                _attributes.Add((reader.NamespaceURI, reader.LocalName, reader.Name, reader.Value));
                if (reader.Prefix.Length > 0)
                {
                    Declare(reader.Prefix, reader.NamespaceURI, depth);
                }
            }
        }

        reader.MoveToElement();
        WriteStart(name);
        if (isEmpty)
        {
            WriteEnd(name, depth);
        }
    }

    /// <summary>Notes a declaration unless the nearest written one says the same.</summary>
    private void Declare(string prefix, string uri, int depth)
    {
        if (uri == XmlNamespace || Declared(prefix) == uri)
        {
            return;
        }

        _new[prefix] = uri;
        _declared.Add((prefix, uri, depth));
    }

    private string? Declared(string prefix)
    {
        for (var i = _declared.Count - 1; i >= 0; i--)
        {
            if (_declared[i].Prefix == prefix)
            {
                return _declared[i].Uri;
            }
        }

        // Undeclared, the default namespace is none; every other prefix is not there.
        return prefix.Length == 0 ? "" : inclusive.Contains(prefix) ? "" : null;
    }

    private void WriteStart(string name)
    {
        output.Write('<');
        output.Write(name);
        foreach (var (prefix, uri) in _new)
        {
            WriteAttribute(prefix.Length == 0 ? "xmlns" : $"xmlns:{prefix}", uri);
        }

        _attributes.Sort(static (left, right) =>
            string.CompareOrdinal(left.Uri, right.Uri) is var order and not 0 ? order : string.CompareOrdinal(left.Local, right.Local));
        foreach (var (_, _, attribute, value) in _attributes)
        {
            WriteAttribute(attribute, value);
        }

        output.Write('>');
    }

    private void WriteEnd(string name, int depth)
    {
        output.Write("</");
        output.Write(name);
        output.Write('>');
        while (_declared is [.., var last] && last.Depth >= depth)
        {
            _declared.RemoveAt(_declared.Count - 1);
        }
    }

    private void WriteAttribute(string name, string value)
    {
        output.Write(' ');
        output.Write(name);
        output.Write("=\"");
        WriteEscaped(value, "&<\"\t\n\r");
        output.Write('"');
    }

    private void WriteText(XmlReader reader)
    {
        if (!reader.CanReadValueChunk)
        {
            WriteEscaped(reader.Value, "&<>\r");
            return;
        }

        while (reader.ReadValueChunk(_text, 0, _text.Length) is > 0 and var length)
        {
            WriteEscaped(_text.AsSpan(0, length), "&<>\r");
        }
    }

    private void WriteEscaped(ReadOnlySpan<char> text, string special)
    {
        while (text.IndexOfAny(special) is >= 0 and var at)
        {
            output.Write(text[..at]);
            output.Write(text[at] switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\t' => "&#x9;",
                '\n' => "&#xA;",
                _ => "&#xD;",
            });
            text = text[(at + 1)..];
        }

        output.Write(text);
    }
}
