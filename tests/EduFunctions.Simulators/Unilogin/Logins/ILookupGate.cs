using System.Text;
using System.Xml.Linq;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>Who is let in, and how an answer goes out: one per generation.</summary>
internal interface ILookupGate
{
    /// <summary>Namespace of a service's requests and answers.</summary>
    string Namespace(string service);

    /// <summary>The type of fault that a call is refused with; null lets it in.</summary>
    string? Refusal(XElement envelope, XElement operation);

    /// <param name="type">Of an <c>authentificationError</c>; null for a fault that says nothing.</param>
    XElement Fault(string? type);

    /// <summary>The envelope around an answer or fault, as it is sent.</summary>
    byte[] Close(XElement body, XElement request);
}

/// <summary>User and password in the body; answers are not signed.</summary>
internal sealed class PasswordGate(string username, string password) : ILookupGate
{
    private static readonly XNamespace Common = "https://unilogin.dk";

    public string Namespace(string service) => $"https://{service}.unilogin.dk/ws";

    public string? Refusal(XElement envelope, XElement operation) =>
        operation.Elements().Take(2).Select(child => (child.Name, child.Value)).SequenceEqual([(Common + "wsBrugerid", username), (Common + "wsPassword", password)])
            ? null
            : "BrugeridEllerPassword";

    public XElement Fault(string? type) => LookupFault.Of(Common, type);

    public byte[] Close(XElement body, XElement request) => Encoding.UTF8.GetBytes(
        new XElement(LookupFault.Soap + "Envelope", new XElement(LookupFault.Soap + "Body", body)).ToString(SaveOptions.DisableFormatting));
}

internal static class LookupFault
{
    public static readonly XNamespace Soap = "http://www.w3.org/2003/05/soap-envelope";

    public static XElement Of(XNamespace common, string? type) => new(
        Soap + "Fault",
        new XElement(Soap + "Code", new XElement(Soap + "Value", "soap:Sender")),
        new XElement(Soap + "Reason", new XElement(Soap + "Text", new XAttribute(XNamespace.Xml + "lang", "en"), "authentification error")),
        type is null ? null : new XElement(Soap + "Detail", new XElement(common + "authentificationError", new XElement(common + "type", type))));
}
