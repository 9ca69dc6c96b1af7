using System.Text;
using System.Xml.Linq;
using EduFunctions.Simulators.Unilogin;

namespace EduFunctions.Simulators.UniloginImport;

/// <summary>The same service among the signed ones: the server checks the signature and signs the answer.</summary>
public sealed class SignedImport(ImportServer import) : IUniloginService
{
    public string Name => "wsaimport";

    public UniloginReply Answer(SoapQuestion question, int version)
    {
        var request = import.Note(Encoding.UTF8.GetBytes(question.Envelope.OuterXml), "");
        var answer = import.Answer(request);

        // With a prefix, and elements of no namespace below it, it is in canonical form as it stands.
        answer.Add(new XAttribute(XNamespace.Xmlns + "w", import.Namespace));
        var canonical = Encoding.UTF8.GetBytes(answer.ToString(SaveOptions.DisableFormatting));
        return UniloginReply.Content(output => output.Write(canonical));
    }
}
