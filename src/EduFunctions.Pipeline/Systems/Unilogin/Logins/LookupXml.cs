using System.Xml.Linq;

namespace EduFunctions.Pipeline.Systems.Unilogin.Logins;

/// <summary>
/// Reads the services' answers by local names: an element has the namespace of the schema that defines its type, and which one that is
/// differs by service and generation. The answer's own element has been compared in full before.
/// </summary>
internal static class LookupXml
{
    public static IEnumerable<XElement> Rows(this XElement parent, string name) => parent.Elements().Where(child => child.Name.LocalName == name);

    /// <summary>The text of a child; null when it is missing or empty.</summary>
    public static string? Find(this XElement parent, string name) =>
        parent.Rows(name).FirstOrDefault()?.Value.Trim() is { Length: > 0 } text ? text : null;

    /// <exception cref="LookupFailedException">There is no such child.</exception>
    public static string Value(this XElement parent, string name) =>
        parent.Find(name) ?? throw new LookupFailedException($"The answer has a {parent.Name.LocalName} without {name}.");

    public static IReadOnlyList<string> Values(this XElement parent, string name) => [.. parent.Rows(name).Select(child => child.Value.Trim())];

    /// <summary>What the row says somebody is, with the element that says it.</summary>
    public static (LoginRole Role, XElement Element) Role(this XElement row)
    {
        foreach (var child in row.Elements())
        {
            if (Role(child.Name.LocalName) is { } role)
            {
                return (role, child);
            }
        }

        throw new LookupFailedException($"The answer has a {row.Name.LocalName} that is neither elev, ansat, ekstern nor kontakt.");
    }

    private static LoginRole? Role(string element) => element switch
    {
        "elev" => LoginRole.Student,
        "ansat" => LoginRole.Staff,
        "ekstern" => LoginRole.External,
        "kontakt" => LoginRole.Guardian,
        _ => null,
    };
}
