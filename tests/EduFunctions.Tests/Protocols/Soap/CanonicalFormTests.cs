using System.Security.Cryptography.Xml;
using System.Text;
using System.Xml;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protocols.Soap;

[Trait(Level.Name, Level.Fast)]
public sealed class CanonicalFormTests
{
    private static readonly string[] Prefixes = ["", "a", "b", "c"];
    private static readonly string[] Uris = ["urn:1", "urn:2", "urn:3"];

    /// <summary>The platform's own form is made from a document in memory, ours while a reader passes by.</summary>
    [Fact]
    public void Is_that_of_the_platform_for_any_document()
    {
        for (var seed = 0; seed < 400; seed++)
        {
            var random = new Random(seed);
            var document = new StringBuilder();
            Element(random, document, 0, new Dictionary<string, string> { [""] = "" });
            string[] inclusive = [.. Prefixes.Where(_ => random.Next(4) == 0)];

            Assert.Equal(ByPlatform(document.ToString(), inclusive), Ours(document.ToString(), inclusive));
        }
    }

    private static void Element(Random random, StringBuilder xml, int depth, Dictionary<string, string> scope)
    {
        scope = new Dictionary<string, string>(scope);
        var declarations = new StringBuilder();
        foreach (var prefix in Prefixes.Where(_ => depth == 0 || random.Next(4) == 0))
        {
            scope[prefix] = prefix.Length == 0 && random.Next(3) == 0 ? "" : Uris[random.Next(Uris.Length)];
            declarations.Append(prefix.Length == 0 ? $" xmlns=\"{scope[prefix]}\"" : $" xmlns:{prefix}=\"{scope[prefix]}\"");
        }

        var chosen = Prefixes[random.Next(Prefixes.Length)];
        var name = chosen.Length == 0 ? "e" : $"{chosen}:e";
        xml.Append('<').Append(name).Append(declarations);
        var used = new HashSet<(string, string)>();
        for (var i = random.Next(4); i > 0; i--)
        {
            var (prefix, local) = (Prefixes[random.Next(Prefixes.Length)], $"n{random.Next(3)}");
            if (used.Add((prefix.Length == 0 ? "" : scope[prefix], local)))
            {
                xml.Append(prefix.Length == 0 ? $" {local}=\"{Text(random)}\"" : $" {prefix}:{local}=\"{Text(random)}\"");
            }
        }

        if (depth > 4 || random.Next(5) == 0)
        {
            xml.Append("/>");
            return;
        }

        xml.Append('>');
        for (var i = random.Next(5); i > 0; i--)
        {
            switch (random.Next(5))
            {
                case 0:
                    xml.Append(Text(random));
                    break;
                case 1:
                    xml.Append("<![CDATA[a<&>b]]><!-- c --><?pi data?><?empty?>");
                    break;
                default:
                    Element(random, xml, depth + 1, scope);
                    break;
            }
        }

        xml.Append("</").Append(name).Append('>');
    }

    private static string Text(Random random) =>
        ((string[])["x", "&lt;&gt;&amp;", "&quot;'", "&#13;&#10;&#9;", " é 😀 ", ""])[random.Next(6)];

    private static string ByPlatform(string xml, string[] inclusive)
    {
        var document = new XmlDocument { PreserveWhitespace = true };
        using var reader = XmlReader.Create(new StringReader(xml));
        document.Load(reader);
        var transform = new XmlDsigExcC14NTransform(string.Join(' ', inclusive.Select(prefix => prefix.Length == 0 ? "#default" : prefix)));
        transform.LoadInput(document);
        using var canonical = new StreamReader((Stream)transform.GetOutput(typeof(Stream)));
        return canonical.ReadToEnd();
    }

    private static string Ours(string xml, string[] inclusive)
    {
        using var reader = XmlReader.Create(new StringReader(xml));
        reader.MoveToContent();
        using var canonical = new StringWriter();
        new ExclusiveCanonicalizer(canonical, inclusive).Write(reader);
        return canonical.ToString();
    }
}
