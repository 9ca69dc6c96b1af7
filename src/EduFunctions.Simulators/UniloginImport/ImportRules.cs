using System.Xml.Linq;

namespace EduFunctions.Simulators.UniloginImport;

/// <summary>What the service does with a document whose form is right: each row by itself, a refused one leaves what was there before.</summary>
internal sealed class ImportRules(ImportedInstitution institution, ImportHabits habits)
{
    private readonly List<(XElement Row, string Text)> _refusals = [];

    public IReadOnlyList<(XElement Row, string Text)> Apply(ImportRequest request)
    {
        (institution.SourceDateTime, institution.SchoolYear) = (request.SourceDateTime, request.SchoolYear);
        if (request.Operation == "importerSletXml")
        {
            foreach (var person in request.Persons)
            {
                institution.Persons.Remove(Value(person, "LocalPersonId"));
            }

            return [];
        }

        var isTotal = request.Operation == "importerXml";
        var groups = request.Groups.Select(Group).ToDictionary(group => group.Id);
        institution.Groups = isTotal ? groups : institution.Groups.Values.Concat(groups.Values).GroupBy(group => group.Id).ToDictionary(same => same.Key, same => same.Last());
        foreach (var person in request.Persons)
        {
            Apply(person);
        }

        var named = request.Persons.Select(person => Value(person, "LocalPersonId")).ToHashSet();
        foreach (var absent in institution.Persons.Keys.Where(id => isTotal && !named.Contains(id)).ToList())
        {
            institution.Persons.Remove(absent);
        }

        return _refusals;
    }

    private void Apply(XElement row)
    {
        var person = Person(row);
        if (Refusal(person) is { } refusal)
        {
            _refusals.Add((row, $"{person.FirstName} {person.FamilyName}: {refusal}"));
        }
        else
        {
            institution.Persons[person.LocalId] = person;
        }
    }

    private string? Refusal(ImportedPerson person) =>
        habits.NeedsCivicNumber && person.CivicNumber.Length == 0 ? "CPR mangler"
        : institution.Persons.TryGetValue(person.LocalId, out var known) && known.CivicNumber != person.CivicNumber ? "Ikke forventet CPR til localPersonID"
        : person.IsProtected && person.Alias.Length == 0 ? "ALIAS mangler"
        : person.Groups.Split(',').Append(person.MainGroup).Any(group => group.Length > 0 && !institution.Groups.ContainsKey(group)) ? "Ukendt gruppe"
        : null;

    private static ImportedGroup Group(XElement row) => new(Value(row, "GroupId"), Value(row, "GroupName"), Value(row, "GroupType"), Value(row, "GroupLevel"));

    private static ImportedPerson Person(XElement row)
    {
        var person = row.Elements().Single(part => part.Name.LocalName == "Person");
        var kind = row.Elements().Last();
        return new ImportedPerson(Value(row, "LocalPersonId"), Value(person, "FirstName"), Value(person, "FamilyName"), Value(person, "CivilRegistrationNumber"))
        {
            Email = Value(person, "EmailAddress"),
            IsProtected = (bool)person.Attribute("protected")!,
            Alias = $"{Value(person, "AliasFirstName")} {Value(person, "AliasFamilyName")}".Trim(),
            Kind = kind.Name.LocalName,
            Roles = Values(kind, "Role"),
            Level = Value(kind, "Level"),
            MainGroup = Value(kind, "MainGroupId"),
            Groups = Values(kind, "GroupId"),
            Contacts = string.Join("; ", kind.Elements().Where(part => part.Name.LocalName == "ContactPerson").Select(Contact)),
        };
    }

    private static string Contact(XElement contact)
    {
        var person = contact.Elements().Single();
        return string.Join(
            ", ", [$"{Value(person, "FirstName")} {Value(person, "FamilyName")}", .. contact.Attributes().Where(each => !each.IsNamespaceDeclaration).Select(each => each.Value)]);
    }

    private static string Value(XElement row, string name) => row.Elements().FirstOrDefault(part => part.Name.LocalName == name)?.Value ?? "";

    private static string Values(XElement row, string name) => string.Join(
        ',', row.Elements().Where(part => part.Name.LocalName == name).Select(part => part.Value).Order(StringComparer.Ordinal));
}
