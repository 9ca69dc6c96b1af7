using System.Globalization;
using System.Text;
using System.Xml;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>
/// Walks through an answer of wsiEKSPORT element by element, in a memory that does not grow with it. What a hostile document may try ends with an
/// error that names institution and place, never the content: DTDs and entities, endless texts, attributes, depths, documents, other namespaces.
/// </summary>
[Told]
internal sealed class ExportXml : IDisposable
{
    private const int LongestShown = 100;
    private const int LongestText = 1 << 14;
    private const long LongestDocument = 2L << 30;

    private readonly string _institution;
    private readonly XmlReader _xml = null!;
    private readonly char[] _chars = new char[LongestText];
    private readonly byte[] _utf8 = new byte[LongestText * 3];
    private ExportNames? _names;

    public ExportXml(Stream document, string institution)
    {
        _institution = institution;
        try
        {
            // Reads the first bytes already.
            _xml = new XmlGuard(document, LongestDocument).CreateReader();
        }
        catch (Exception e) when (CauseOf(e) is not null)
        {
            throw Refused(CauseOf(e)!);
        }
    }

    /// <summary>The local name of the element the walk stands at.</summary>
    public string Name => _xml.LocalName;

    /// <summary>Whether the text read last had elements in it, where only characters may be.</summary>
    public bool IsMixed { get; private set; }

    public ExportNames Names => _names!;

    /// <summary>Moves to the root of the export within the answer's envelope.</summary>
    public void FindExport()
    {
        while (Read())
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName.StartsWith(ExportNames.Root, StringComparison.Ordinal))
            {
                _names = ExportNames.Of(_xml.LocalName, _xml.NamespaceURI)
                    ?? throw Refused($"{Shown(_xml.LocalName)} stands in the namespace \"{Shown(_xml.NamespaceURI)}\", which is of no version and package of wsiEKSPORT that is known");
                return;
            }
        }

        throw Refused("it holds no UNILoginExport");
    }

    /// <summary>Enters the element the walk stands at; its children are then found with <see cref="Next"/>.</summary>
    public int Enter() => _xml.IsEmptyElement ? -1 : _xml.Depth + 1;

    /// <summary>Moves to the next child of the element that was entered, passing over what is left of the one before.</summary>
    public bool Next(int entered)
    {
        while (entered >= 0 && Read())
        {
            if (_xml.NodeType == XmlNodeType.EndElement && _xml.Depth < entered)
            {
                return false;
            }

            if (_xml.NodeType == XmlNodeType.Element && _xml.Depth == entered)
            {
                RequireNamespace();
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads to the end, which proves the document well-formed and whole.</summary>
    public void Finish()
    {
        while (Read())
        {
            if (_xml.NodeType == XmlNodeType.Element && _xml.LocalName.StartsWith(ExportNames.Root, StringComparison.Ordinal))
            {
                throw Refused("it holds a second UNILoginExport");
            }
        }
    }

    /// <summary>The text of the element the walk stands at, without white space around it; good until the next call.</summary>
    public ReadOnlySpan<byte> Text()
    {
        IsMixed = false;
        if (_xml.IsEmptyElement)
        {
            return default;
        }

        var (depth, length) = (_xml.Depth, 0);
        while (Read() && (_xml.NodeType != XmlNodeType.EndElement || _xml.Depth != depth))
        {
            if (_xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                length = AppendValue(length);
            }

            IsMixed |= _xml.NodeType == XmlNodeType.Element;
        }

        return _utf8.AsSpan(0, Encoding.UTF8.GetBytes(_chars.AsSpan(0, length).Trim(), _utf8));
    }

    public string? Attribute(string name) => _xml.GetAttribute(name);

    public void Dispose() => _xml.Dispose();

    /// <param name="cause">Never a value out of the document.</param>
    public RunHeldException Refused(string cause)
    {
        var (line, column) = _xml is IXmlLineInfo place ? (place.LineNumber, place.LinePosition) : (0, 0);
        return new RunHeldException(string.Create(
            CultureInfo.InvariantCulture,
            $"The answer for institution {_institution} cannot be used (line {line}, column {column}): {cause}. Nothing is handed on; run again, and report it to STIL when it lasts."));
    }

    private int AppendValue(int length)
    {
        try
        {
            while (_xml.ReadValueChunk(_chars, length, _chars.Length - length) is > 0 and var read)
            {
                length += read;
            }
        }
        catch (Exception e) when (CauseOf(e) is not null)
        {
            throw Refused(CauseOf(e)!);
        }

        return length < _chars.Length ? length : throw Refused($"a text has {LongestText} characters or more");
    }

    private void RequireNamespace()
    {
        if (Names.NamespacesOf(_xml.LocalName) is { } namespaces && !namespaces.Contains(_xml.NamespaceURI))
        {
            throw Refused($"{_xml.LocalName} stands in the namespace \"{Shown(_xml.NamespaceURI)}\" instead of {string.Join(" or ", namespaces)}");
        }
    }

    private bool Read()
    {
        try
        {
            XmlGuard.RefuseDepth(_xml);
            return _xml.Read();
        }
        catch (Exception e) when (CauseOf(e) is not null)
        {
            // The reader's own message may quote the document.
            throw Refused(CauseOf(e)!);
        }
    }

    private static string Shown(string name) => name.Length <= LongestShown ? name : $"{name[..LongestShown]}…";

    private static string? CauseOf(Exception e) => e switch
    {
        InvalidDataException => "the stored answer cannot be unpacked",
        DecoderFallbackException => "it is no UTF-8",
        XmlException { LineNumber: 0 } => $"it has {e.Message}",
        XmlException when e.Message.Contains("DTD", StringComparison.Ordinal) => "it has a DTD, which may not be",
        XmlException when e.Message.Contains("entity", StringComparison.OrdinalIgnoreCase) => "it names an entity that XML itself does not have",
        XmlException => "it is no well-formed XML",
        _ => null,
    };
}
