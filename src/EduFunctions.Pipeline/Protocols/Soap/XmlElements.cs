using System.Xml;

namespace EduFunctions.Pipeline.Protocols.Soap;

internal static class XmlElements
{
    public static IEnumerable<XmlElement> Children(this XmlElement parent, string ns, string name) =>
        parent.ChildNodes.OfType<XmlElement>().Where(child => child.LocalName == name && child.NamespaceURI == ns);

    /// <summary>The one child of that name; null when there is none, or there are more.</summary>
    public static XmlElement? Only(this XmlElement parent, string ns, string name) =>
        parent.Children(ns, name).Take(2).ToList() is [var child] ? child : null;
}
