using System.Text;
using System.Xml;
using System.Xml.Linq;
using EduFunctions.Pipeline.Languages;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>
/// Proves and reads answers. Whoever reads what was proven has to come to it the same way: the body that is the envelope's own child
/// (<see cref="MoveToBody"/>), of the same bytes.
/// </summary>
[Told]
public static class SoapAnswer
{
    private const int LongestHeader = 1 << 18;
    private const int LongestFault = 1 << 18;

    /// <summary>Walks the whole answer once: well-formed, of bearable size, no fault, and as signed as the trust demands.</summary>
    /// <param name="trust">Null when answers come unsigned.</param>
    /// <param name="request">What was asked: an answer that relates to something else is refused.</param>
    /// <param name="status">Of HTTP, for a fault's message.</param>
    /// <param name="onElement">Sees every element of the body; what it notes counts only when the call comes back.</param>
    /// <exception cref="SoapFaultException">The service answered with a fault; faults need no signature.</exception>
    /// <exception cref="SoapException">The answer is not to be used.</exception>
    public static void Verify(
        Stream answer, long longest, AnswerTrust? trust, SoapRequest request, DateTimeOffset now, int status, Action<XmlReader>? onElement = null)
    {
        try
        {
            var guard = new XmlGuard(answer, Math.Min(LongestHeader, longest));
            using var reader = guard.CreateReader();
            EnterEnvelope(reader);
            var header = ReadHeader(reader);
            var proof = trust is null ? null : Try(() => SignedParts.Verify(header ?? throw SignedParts.Refused("carries no signature"), trust, now));
            RefuseStranger(header, request);

            guard.Limit = longest;
            VerifyBody(reader, guard, proof, status, onElement);
            while (reader.Read())
            {
                // What follows the envelope is an error of the reader.
            }
        }
        catch (Exception e) when (e is XmlException or DecoderFallbackException)
        {
            throw new SoapException($"the answer is no XML that can be read: {Place(e)}", mayPass: true, e);
        }
    }

    /// <summary>The response element of an answer that was proven.</summary>
    public static XElement ReadResponse(Stream answer, long longest)
    {
        using var reader = new XmlGuard(answer, longest).CreateReader();
        MoveToBody(reader);
        while (reader.Read() && reader.NodeType != XmlNodeType.Element)
        {
        }

        return (XElement)XNode.ReadFrom(reader);
    }

    /// <summary>Leaves the reader at the body that is the envelope's own child.</summary>
    /// <exception cref="XmlException">It is no SOAP envelope, or has no body.</exception>
    public static void MoveToBody(XmlReader reader)
    {
        EnterEnvelope(reader);
        if (NextPart(reader) == "Header")
        {
            reader.Skip();
        }

        RequireBody(reader);
    }

    private static void VerifyBody(XmlReader reader, XmlGuard guard, Proof? proof, int status, Action<XmlReader>? onElement)
    {
        RequireBody(reader);
        var id = reader.GetAttribute("Id", SoapNamespaces.Utility) ?? reader.GetAttribute("Id");
        var (body, seen) = (reader.Depth, 0);
        var signed = proof?.Refusal is null ? proof?.Parts?.Body(id) : null;
        var digest = SignedReference.DigestOf(reader, signed?.Prefixes ?? [], element =>
        {
            XmlGuard.RefuseDepth(element);
            if (element.Depth == body + 1 && seen++ == 0)
            {
                RefuseFault(element, guard, status);
                if (proof?.Refusal is { } refusal)
                {
                    throw refusal;
                }
            }

            onElement?.Invoke(element);
        });
        if (seen != 1 || proof?.Refusal is not null)
        {
            throw proof?.Refusal ?? new SoapException("the body of the answer is empty, or holds more than one thing", mayPass: false);
        }

        signed?.Require(digest, "Body");
    }

    private static void RefuseFault(XmlReader element, XmlGuard guard, int status)
    {
        if (SoapFault.Is(element.NamespaceURI, element.LocalName))
        {
            guard.Limit = guard.Bytes + LongestFault;
            throw new SoapFaultException(SoapFault.Of((XElement)XNode.ReadFrom(element)), status);
        }
    }

    private static void EnterEnvelope(XmlReader reader)
    {
        reader.MoveToContent();
        if (reader.LocalName != "Envelope" || !SoapNamespaces.IsEnvelope(reader.NamespaceURI) || reader.IsEmptyElement)
        {
            throw new XmlException("it is no SOAP envelope");
        }
    }

    /// <summary>The header, in an envelope of its own that declares what the answer's envelope declares; null when there is none.</summary>
    private static XmlElement? ReadHeader(XmlReader reader)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        var envelope = document.CreateElement(reader.Prefix, reader.LocalName, reader.NamespaceURI);
        while (reader.MoveToNextAttribute())
        {
            envelope.SetAttributeNode((XmlAttribute)document.ReadNode(reader)!);
        }

        reader.MoveToElement();
        document.AppendChild(envelope);
        if (NextPart(reader) != "Header")
        {
            return null;
        }

        var header = (XmlElement)envelope.AppendChild(document.ReadNode(reader)!)!;
        for (var nodes = new XmlNodeReader(header); nodes.Read();)
        {
            XmlGuard.RefuseDepth(nodes);
        }

        return header;
    }

    private static void RequireBody(XmlReader reader)
    {
        if (NextPart(reader) != "Body")
        {
            throw new XmlException("the envelope has no body");
        }
    }

    /// <summary>The name of the part the reader stands on or comes to next; null for what SOAP does not have.</summary>
    private static string? NextPart(XmlReader reader)
    {
        while ((reader.NodeType != XmlNodeType.Element || reader.Depth == 0) && reader.Read())
        {
        }

        return reader.Depth == 1 && SoapNamespaces.IsEnvelope(reader.NamespaceURI) ? reader.LocalName : null;
    }

    private static void RefuseStranger(XmlElement? header, SoapRequest request)
    {
        if (request.MessageId is not null && header?.Only(SoapNamespaces.Addressing, "RelatesTo") is { } relates && relates.InnerText.Trim() != request.MessageId)
        {
            throw new SoapException("the answer belongs to another question (RelatesTo)", mayPass: false);
        }
    }

    private static Proof Try(Func<SignedParts> verify)
    {
        try
        {
            return new Proof(verify(), null);
        }
        catch (SoapException e)
        {
            return new Proof(null, e);
        }
    }

    /// <summary>The reader's own words may quote the answer: only the place is told.</summary>
    private static string Place(Exception e) => e switch
    {
        XmlException { LineNumber: > 0 } xml => $"line {xml.LineNumber}, position {xml.LinePosition}",
        XmlException xml => xml.Message.TrimEnd('.'),
        _ => "it is not UTF-8",
    };

    /// <summary>What came of proving the header; a refusal waits, since a fault needs no proof.</summary>
    private sealed record Proof(SignedParts? Parts, SoapException? Refusal);
}
