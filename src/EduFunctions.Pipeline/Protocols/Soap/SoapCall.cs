using System.Xml;

namespace EduFunctions.Pipeline.Protocols.Soap;

public enum SoapVersion
{
    Soap11,
    Soap12,
}

/// <summary>One call of an operation, document/literal.</summary>
/// <param name="Action">The operation's SOAP action, from the service's WSDL.</param>
public sealed record SoapCall(Uri Endpoint, string Action, SoapOperation Operation)
{
    public SoapVersion Version { get; init; } = SoapVersion.Soap12;

    /// <summary>An answer that is longer, in bytes, is refused.</summary>
    public long LongestAnswer { get; init; } = 4 << 20;

    /// <summary>How long the whole answer may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>The element in the body.</summary>
/// <param name="Parameters">Writes its children.</param>
public sealed record SoapOperation(string Namespace, string Name, Action<XmlWriter>? Parameters = null);

/// <summary>An envelope ready to be sent.</summary>
/// <param name="MessageId">What the answer may say it relates to; null without WS-Addressing.</param>
public sealed record SoapRequest(byte[] Envelope, string? MessageId);
