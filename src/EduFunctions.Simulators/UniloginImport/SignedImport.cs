using System.Text;
using System.Xml;
using System.Xml.Linq;
using EduFunctions.Simulators.Unilogin;

namespace EduFunctions.Simulators.UniloginImport;

/// <summary>
/// Version 8 of the same service, among the signed ones: the server checks the signature and signs the answer. The operation has its public namespace, the
/// document stands in it as an element, and nobody gives a name and a password.
/// </summary>
public sealed class SignedImport(ImportServer import) : IUniloginService
{
    public string Name => "wsaimport";

    public UniloginReply Answer(SoapQuestion question, int version)
    {
        var request = import.Note(Encoding.UTF8.GetBytes(question.Envelope.OuterXml), question.Header("Action", Names.Addressing)!.InnerText);
        if (!IsOfVersion8(question, request))
        {
            return UniloginReply.Fault(null);
        }

        // With a prefix, and elements of no namespace below it, it is in canonical form as it stands.
        var answer = import.Answer(request, Names.Import8);
        answer.Add(new XAttribute(XNamespace.Xmlns + "w", Names.Import8));
        var canonical = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        return UniloginReply.Content(output => output.Write(canonical));
    }

    /// <summary>The greeting is always answered with an error.</summary>
    private static bool IsOfVersion8(SoapQuestion question, ImportRequest request)
    {
        var parts = question.Operation.ChildNodes.OfType<XmlElement>().ToList();
        return question.Operation.NamespaceURI == Names.Import8
            && request.Operation switch
            {
                "hentDataAftaler" => parts.Count == 0,
                "importerXml" or "importerDeltaXml" or "importerSletXml" =>
                    parts is [{ LocalName: "instXML", NamespaceURI: Names.Import8 } document] && document.ChildNodes.OfType<XmlElement>().Count() == 1,
                _ => false,
            };
    }
}
