using System.Xml.Linq;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>wsiBRUGER: what it answers to an operation. Who belongs nowhere gets an empty answer.</summary>
internal sealed class BrugerAnswers(LookupWorld world)
{
    /// <inheritdoc cref="InstAnswers.Answer"/>
    public IEnumerable<XElement>? Answer(XElement operation)
    {
        XNamespace ns = operation.Name.Namespace;
        var user = operation.Element(ns + "brugerid")?.Value;
        var institution = operation.Element(ns + "instnr")?.Value;
        return operation.Name.LocalName switch
        {
            "hentBrugersInstitutionstilknytninger" =>
            [
                .. world.Users.Where(known => known.Id == user).Select(known => Affiliation(ns, known.Institution, known.Kind, known.Roles)),
                .. world.Contacts.Where(known => known.Id == user)
                    .DistinctBy(known => known.Institution).Select(known => Affiliation(ns, known.Institution, "kontakt", [known.Relation])),
            ],
            "hentBrugersKontaktpersoner" => world.Contacts.Where(known => known.Institution == institution && known.Student == user).Select(known => Contact(ns, known)),
            "hentKontaktpersonsBrugere" =>
                from contact in world.Contacts
                where contact.Id == user && (institution is null || contact.Institution == institution)
                from student in world.Users
                where student.Institution == contact.Institution && student.Id == contact.Student
                select Student(ns, student),
            _ => null,
        };
    }

    private static XElement Affiliation(XNamespace ns, string institution, string kind, IEnumerable<string> roles) => new(
        ns + "institutionstilknytning",
        new XElement(ns + "instnr", institution),
        new XElement(ns + kind, roles.Select(role => new XElement(ns + "rolle", role))));

    private static XElement Contact(XNamespace ns, WorldContact known) => new(
        ns + "kontaktperson",
        new XElement(ns + "instnr", known.Institution),
        new XElement(ns + "brugerid", known.Id),
        new XElement(ns + "navn", known.Name),
        new XElement(ns + "relation", known.Relation),
        new XElement(ns + "myndighed", known.Custody),
        new XElement(ns + "verifikation", known.Verified),
        new XElement(ns + "adgangsniveau", known.AccessLevel));

    private XElement Student(XNamespace ns, WorldUser student) => new(
        ns + "elev",
        new XElement(ns + "rolle", student.Roles[0]),
        new XElement(ns + "instnr", student.Institution),
        new XElement(ns + "brugerid", student.Id),
        new XElement(ns + "navn", student.Name),
        world.Groups.Where(group => group.Institution == student.Institution && group.Id == student.MainGroup).Select(group => InstAnswers.Group(ns, group, "hovedgruppe")));
}
