using System.Xml.Linq;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>wsiIDENTIFIKATION: what it answers to an operation.</summary>
internal sealed class IdentifikationAnswers(LookupWorld world)
{
    /// <inheritdoc cref="InstAnswers.Answer"/>
    public IEnumerable<XElement>? Answer(XElement operation)
    {
        XNamespace ns = operation.Name.Namespace;
        return operation.Name.LocalName switch
        {
            "hentCprFraBrugerid" => world.CivicNumbers
                .Where(known => known.Key == operation.Element(ns + "brugerid")!.Value).Select(known => new XElement(ns + "cpr", known.Value)),
            "hentBrugeridFraCpr" => world.CivicNumbers
                .Where(known => known.Value == operation.Element(ns + "cpr")!.Value).Select(known => new XElement(ns + "brugerid", known.Key)),
            _ => null,
        };
    }
}
