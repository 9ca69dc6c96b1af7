using System.Security;
using System.Text;

namespace EduFunctions.Simulators.Unilogin;

/// <summary>One of the services on the server. The server checks who asks, and signs what is answered.</summary>
public interface IUniloginService
{
    /// <summary>Lower case, as in its address.</summary>
    string Name { get; }

    /// <param name="version">6 is the generation with user and password, 7 the signed one.</param>
    UniloginReply Answer(SoapQuestion question, int version);
}

/// <summary>What a service answers: the body's child, or a fault.</summary>
public sealed class UniloginReply
{
    /// <summary>Writes the body's child in canonical form, the same every time; null for a fault.</summary>
    public Action<Stream>? Body { get; private init; }

    /// <summary>Type of the fault; null for one that says nothing.</summary>
    public string? Type { get; private init; }

    public static UniloginReply Content(Action<Stream> body) => new() { Body = body };

    public static UniloginReply Fault(string? type) => new() { Type = type };

    internal string FaultEnvelope(int version)
    {
        var detail = Type is null ? "" : $"<s:Detail><c:authentificationError xmlns:c=\"{Names.Common(version)}\"><c:type>{SecurityElement.Escape(Type)}</c:type></c:authentificationError></s:Detail>";
        var code = Type is null ? "Receiver" : "Sender";
        return new StringBuilder($"<s:Envelope xmlns:s=\"{Names.Soap}\"><s:Body><s:Fault><s:Code><s:Value>s:{code}</s:Value></s:Code>")
            .Append("<s:Reason><s:Text xml:lang=\"en\">authentification error</s:Text></s:Reason>").Append(detail).Append("</s:Fault></s:Body></s:Envelope>").ToString();
    }
}
