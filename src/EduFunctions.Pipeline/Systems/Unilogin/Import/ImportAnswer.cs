using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>What the service says of a document: a code, and the lines it did not take. Its texts for people may quote them and are not repeated.</summary>
/// <param name="Errors">Rows that were not taken.</param>
/// <param name="Lines">Their lines, as far as it names them.</param>
internal sealed record ImportAnswer(int Code, int Errors, IReadOnlyList<int> Lines)
{
    /// <summary>Null for an answer of a form that is not known: it confirms nothing.</summary>
    /// <param name="response">The element in the body.</param>
    public static ImportAnswer? TryRead(XElement response)
    {
        var answer = Unwrap(response);
        var codes = Named(answer, "reskode").ToList();
        if (codes is not [var code] || !int.TryParse(code.Value.Trim(), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var errors = Named(answer, "fejl").ToList();
        return new ImportAnswer(number, errors.Count, [.. errors.Select(LineOf).OfType<int>()]);
    }

    /// <summary>Where <c>svarXML</c> holds a document as text, that document.</summary>
    private static XElement Unwrap(XElement response)
    {
        try
        {
            return Named(response, "svarXML").FirstOrDefault(answer => !answer.HasElements) is { } text ? XElement.Parse(text.Value) : response;
        }
        catch (XmlException)
        {
            return response;
        }
    }

    private static int? LineOf(XElement error) =>
        int.TryParse(error.Attribute("linje")?.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;

    private static IEnumerable<XElement> Named(XElement element, string name) => element.DescendantsAndSelf().Where(each => each.Name.LocalName == name);
}
