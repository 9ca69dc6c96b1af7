using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using EduFunctions.Pipeline.Protocols.Soap;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>What the service says of a document: a code, and the lines it did not take. Its texts for people may quote them and are not repeated.</summary>
/// <param name="Errors">Rows that were not taken.</param>
/// <param name="Lines">Their lines, as far as it names them.</param>
/// <param name="IsUnderstood">Whether all of it is known: what is not may take back what the code says.</param>
internal sealed record ImportAnswer(int Code, int Errors, IReadOnlyList<int> Lines, bool IsUnderstood)
{
    private const string Error = "fejl";
    private const string ErrorLine = "linje";
    private const string SchemaInstance = "http://www.w3.org/2001/XMLSchema-instance";

    /// <summary>Null for what is no answer to this call, or has no code or several: it confirms nothing.</summary>
    /// <param name="response">The element in the body. What stands in it as text is put in the text's place.</param>
    /// <param name="asked">The element that answers the call.</param>
    /// <param name="institution">The one that the document was about.</param>
    public static ImportAnswer? TryRead(XElement response, XName asked, string institution)
    {
        if (response.Name != asked)
        {
            return null;
        }

        Unwrap(response);
        var codes = Named(response, "reskode").ToList();
        if (codes is not [var code] || code.Ancestors().Any(IsError) || !IsText(code)
            || !int.TryParse(code.Value.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var errors = Named(response, Error).ToList();
        return new ImportAnswer(number, errors.Count, [.. errors.Select(LineOf).OfType<int>()], response.DescendantsAndSelf().All(part => IsKnown(part, response, institution)));
    }

    /// <summary>Where <c>svarXML</c> holds a document as text, that document. What is none stays a text, which nobody understands.</summary>
    private static void Unwrap(XElement response)
    {
        foreach (var text in response.Descendants().Where(part => IsWrapper(part) && !part.HasElements && part.Value.Trim().Length > 0).ToList())
        {
            try
            {
                text.ReplaceNodes(XmlGuard.Parse(text.Value));
            }
            catch (XmlException)
            {
                // Then it says nothing.
            }
        }
    }

    /// <summary>The names of what holds the rest, of which one source says this and another that; code and receipt; refused rows, whatever is in them; whom it is about.</summary>
    private static bool IsKnown(XElement part, XElement response, string institution) => part switch
    {
        _ when part.Ancestors().Any(IsError) || IsError(part) => true,
        _ when part == response || IsWrapper(part) || part.Name.LocalName == "svar" => IsPlain(part) && part.Nodes().OfType<XText>().All(text => string.IsNullOrWhiteSpace(text.Value)),
        { Name.LocalName: "reskode" or "restekst" } => IsText(part),
        { Name.LocalName: "instnr" or "regnr" or "InstitutionNumber" } => IsText(part) && part.Value.Trim().Equals(institution, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsWrapper(XElement part) => part.Name.LocalName is "svarXML" or "XMLsvar";

    private static bool IsError(XElement part) => part.Name.LocalName == Error;

    private static bool IsText(XElement part) => !part.HasElements && IsPlain(part);

    /// <summary>Whether no attribute says anything of its own, such as that there is no value.</summary>
    private static bool IsPlain(XElement part) => part.Attributes().All(attribute => attribute.IsNamespaceDeclaration
        || attribute.Name.NamespaceName is SoapNamespaces.Utility || attribute.Name.Namespace == XNamespace.Xml
        || (attribute.Name.NamespaceName == SchemaInstance && attribute.Name.LocalName != "nil"));

    /// <summary>Of an error that says more than its line, nobody knows which lines it is about.</summary>
    private static int? LineOf(XElement error) =>
        error.Attributes().ToList() is [{ Name.LocalName: ErrorLine } attribute] && !error.HasElements
        && int.TryParse(attribute.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var line) ? line : null;

    private static IEnumerable<XElement> Named(XElement element, string name) => element.Descendants().Where(each => each.Name.LocalName == name);
}
