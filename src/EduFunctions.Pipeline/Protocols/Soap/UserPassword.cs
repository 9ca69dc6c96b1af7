using EduFunctions.Pipeline.Contracts;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>User and password as the first two elements of the body; only the transport protects them.</summary>
/// <param name="ns">Namespace of the two elements.</param>
public sealed class UserPassword(string ns, string username, Secret password) : ISoapAuthentication
{
    public AnswerTrust? Trust => null;

    public SoapRequest Write(SoapCall question, DateTimeOffset now)
    {
        var operation = question.Operation with
        {
            Parameters = xml =>
            {
                xml.WriteElementString("wsBrugerid", ns, username);
                xml.WriteElementString("wsPassword", ns, password.Reveal());
                question.Operation.Parameters?.Invoke(xml);
            },
        };
        return new SoapRequest(Envelope.Write(question.Version, headers: null, operation), null);
    }
}
