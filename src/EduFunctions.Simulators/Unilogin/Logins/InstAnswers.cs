using System.Xml.Linq;

namespace EduFunctions.Simulators.Unilogin.Logins;

/// <summary>wsiINST: what it answers to an operation.</summary>
internal sealed class InstAnswers(LookupWorld world)
{
    /// <returns>The response's children; null for an operation that the service does not have.</returns>
    public IEnumerable<XElement>? Answer(XElement operation)
    {
        XNamespace ns = operation.Name.Namespace;
        var institutions = operation.Elements(ns + "instnr").Select(number => number.Value).ToList();
        return operation.Name.LocalName switch
        {
            "hentInstitution" or "hentInstitutioner" => world.Institutions.Where(known => institutions.Contains(known.Number)).Select(known => Institution(ns, known)),
            "hentGrupper" => world.Groups.Where(group => group.Institution == institutions.Single()).Select(group => Group(ns, group, "gruppe")),
            "hentInstBruger" => UsersAt(institutions.Single()).Where(user => user.Id == operation.Element(ns + "brugerid")!.Value).Select(user => InstUser(ns, user)),
            "hentBrugereIGruppe" => UsersAt(institutions.Single()).Where(user => user.IsIn(operation.Element(ns + "gruppeid")!.Value)).Select(user => User(ns, user)),
            _ => null,
        };
    }

    internal static XElement Group(XNamespace ns, WorldGroup group, string name) => new(
        ns + name,
        new XElement(ns + "instnr", group.Institution),
        new XElement(ns + "gruppeid", group.Id),
        new XElement(ns + "gruppenavn", group.Name),
        new XElement(ns + "gruppetype", group.Type),
        Optional(ns + "gruppetrin", group.Level),
        Optional(ns + "fradato", group.From),
        Optional(ns + "tildato", group.To));

    private IEnumerable<WorldUser> UsersAt(string institution) => world.Users.Where(user => user.Institution == institution);

    private static XElement Institution(XNamespace ns, WorldInstitution known) => new(
        ns + "institution",
        new XElement(ns + "instnr", known.Number),
        new XElement(ns + "instnavn", known.Name),
        new XElement(ns + "type", "121"),
        new XElement(ns + "typenavn", "Folkeskoler"),
        new XElement(ns + "kommunenr", "999"),
        new XElement(ns + "kommune", "Prøvekommunen"));

    private XElement User(XNamespace ns, WorldUser user) => new(
        ns + "brugertilknytning",
        new XElement(ns + "instnr", user.Institution),
        new XElement(ns + "brugerid", user.Id),
        new XElement(ns + "navn", user.Name),
        Role(ns, user, level: null));

    private XElement InstUser(XNamespace ns, WorldUser user) => new(
        ns + "instBruger",
        new XElement(ns + "instnr", user.Institution),
        new XElement(ns + "brugerid", user.Id),
        new XElement(ns + "navn", user.Name),
        Role(ns, user, user.Level),
        world.Groups.Where(group => group.Institution == user.Institution && user.Groups.Contains(group.Id)).Select(group => Group(ns, group, "gruppe")));

    private XElement Role(XNamespace ns, WorldUser user, string? level) => new(
        ns + user.Kind,
        user.Roles.Select(role => new XElement(ns + "rolle", role)),
        Optional(ns + "hovedgruppeid", user.MainGroup),
        Optional(ns + "hovedgruppenavn", world.Groups.FirstOrDefault(group => group.Institution == user.Institution && group.Id == user.MainGroup)?.Name),
        Optional(ns + "elevtrin", level));

    private static XElement? Optional(XName name, string? value) => value is null ? null : new XElement(name, value);
}
