using System.Xml.Linq;

namespace EduFunctions.Pipeline.Protocols.Soap;

/// <summary>A fault of SOAP 1.1 or 1.2. Its texts for people are left out: they may repeat what was sent.</summary>
/// <param name="Code">Without its prefix, such as <c>Sender</c>.</param>
/// <param name="Type">What <c>authentificationError/type</c> in the detail says, when it is there.</param>
public sealed record SoapFault(string Code, string? Type)
{
    /// <summary>Whether the fault is with who asks: the same call fails again.</summary>
    public bool IsSender => Code is "Sender" or "Client";

    public override string ToString() => Type ?? Code;

    internal static bool Is(string ns, string name) => name == "Fault" && SoapNamespaces.IsEnvelope(ns);

    internal static SoapFault Of(XElement fault)
    {
        var code = Child(fault, "faultcode")?.Value ?? (Child(fault, "Code") is { } node ? Child(node, "Value")?.Value : null);
        var error = fault.Descendants().FirstOrDefault(element => element.Name.LocalName == "authentificationError");
        return new SoapFault(
            Word(code?.Split(':')[^1]) ?? "unknown",
            error is null ? null : Word(Child(error, "type")?.Value) ?? "unknown");
    }

    private static XElement? Child(XElement element, string name) => element.Elements().FirstOrDefault(child => child.Name.LocalName == name);

    /// <summary>What is no word may be data, and nobody can tell whose.</summary>
    private static string? Word(string? text) =>
        text?.Trim() is { Length: > 0 and <= 60 } word && word.All(c => char.IsAsciiLetter(c) || c == '.') ? word : null;
}
