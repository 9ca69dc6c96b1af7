using System.Collections;
using System.Globalization;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>The groups and persons of the institutions, written as they stand in a document.</summary>
internal sealed class ImportContent
{
    public const int Depth = 2;

    private readonly Roster _roster;
    private readonly UniloginImportSettings _settings;
    private readonly ImportGroups _groups;
    private readonly ImportPlaces _places;
    private readonly Grouping _groupsOf;
    private readonly Grouping _placesOf;
    private readonly Grouping _teaching;
    private readonly Grouping _guardians;

    /// <param name="holders">Who was delivered with which local id.</param>
    public ImportContent(Roster roster, UniloginImportSettings settings, Holders holders, BitArray? chosen = null)
    {
        (_roster, _settings) = (roster, settings);
        People = new ImportPeople(roster, settings, chosen);
        Institutions = new ImportInstitutions(roster, settings);
        _groups = new ImportGroups(roster, settings, Institutions);
        _places = new ImportPlaces(roster, settings, People, Institutions, _groups, holders);
        _groupsOf = new Grouping(
            Institutions.Numbers.Count, roster.Sections.Count, section => _groups.IsFirst(section) ? _groups.Institution(section) : -1);
        _placesOf = new Grouping(Institutions.Numbers.Count, _places.Rows.Count, row => _places.Rows[row].Institution);
        _teaching = new Grouping(
            roster.Persons.Count, roster.Teachers.Count,
            row => _groups.OfSection(roster.Teachers[row].Section) < 0 ? -1 : roster.Teachers[row].Person);
        _guardians = new Grouping(
            roster.Persons.Count, settings.ContactPersons is null ? 0 : roster.Guardianships.Count, row => roster.Guardianships[row].Student);
    }

    public ImportPeople People { get; }

    public ImportInstitutions Institutions { get; }

    public ImportGroups Groups => _groups;

    public ImportPlaces Places => _places;

    /// <summary>Guardians with a name, by row; nobody where the settings want none.</summary>
    public IEnumerable<int> ContactsOf(int student) =>
        _guardians[student].ToArray().Select(row => _roster.Guardianships[row].Guardian).Where(People.HasName);

    public IReadOnlyList<ImportBlock> GroupBlocks(int institution)
    {
        var levels = LevelsOf(institution);
        return Sorted(_groupsOf[institution].ToArray().Select(group => WriteGroup(group, levels.GetValueOrDefault(group))));
    }

    public IReadOnlyList<ImportBlock> PersonBlocks(int institution) =>
        Sorted(_placesOf[institution].ToArray().Select(row => WritePerson(_places.Rows[row])));

    private static List<ImportBlock> Sorted(IEnumerable<ImportBlock> blocks) => [.. blocks.OrderBy(block => block.Key, StringComparer.Ordinal)];

    /// <summary>The level of each class whose pupils all have the same one.</summary>
    private Dictionary<int, string> LevelsOf(int institution)
    {
        var levels = _placesOf[institution].ToArray().Select(row => _places.Rows[row])
            .Where(place => place.Kind == ImportKind.Student)
            .GroupBy(place => place.MainGroup, place => place.Level)
            .Where(group => group.Distinct().Count() == 1);
        return levels.ToDictionary(group => group.Key, group => ImportValues.Levels[group.First()]);
    }

    private ImportBlock WriteGroup(int group, string? level)
    {
        var xml = new ImportXml(Depth);
        xml.Open("Group");
        xml.Write(("GroupId", _groups.Id(group)));
        xml.Write(("GroupName", _groups.Name(group)));
        xml.Write(("GroupType", _groups.Type(group)));
        xml.Write(("GroupLevel", level ?? ""));
        xml.Close("Group");
        return new ImportBlock(_groups.Id(group), xml.ToString());
    }

    private ImportBlock WritePerson(in ImportPlace place)
    {
        var xml = new ImportXml(Depth);
        var localId = People.LocalId(place.Person);
        xml.Open("InstitutionPerson");
        xml.Write(("LocalPersonId", localId));
        WritePerson(xml, place.Person, place.Kind);
        xml.Open(place.Kind.ToString());
        foreach (var role in place.RoleNames())
        {
            xml.Write(("Role", role));
        }

        if (place.Kind == ImportKind.Student)
        {
            WriteStudent(xml, place);
        }
        else
        {
            WriteGroups(xml, GroupsOfStaff(place));
        }

        xml.Close(place.Kind.ToString());
        xml.Close("InstitutionPerson");
        return new ImportBlock(localId, xml.ToString(), _roster.Persons[place.Person].Id.ToString());
    }

    private void WriteStudent(ImportXml xml, ImportPlace place)
    {
        xml.Write(("Level", ImportValues.Levels[place.Level]));
        xml.Write(("MainGroupId", _groups.Id(place.MainGroup)));
        WriteGroups(xml, _places.GroupsOf(place.Person, place.Institution).Where(group => group != place.MainGroup));
        foreach (var contact in ContactsOf(place.Person))
        {
            var contacts = _settings.ContactPersons!;
            xml.Open("ContactPerson", string.Create(
                CultureInfo.InvariantCulture,
                $"relation=\"{contacts.Relation}\" childCustody=\"{(contacts.ChildCustody ? "true" : "false")}\" accessLevel=\"{contacts.AccessLevel}\""));
            WritePerson(xml, contact, kind: null);
            xml.Close("ContactPerson");
        }
    }

    private void WritePerson(ImportXml xml, int person, ImportKind? kind)
    {
        var (first, family) = (People.FirstName(person), People.FamilyName(person));
        var isAlias = People.IsAlias(person);
        xml.Open("Person", $"protected=\"{(isAlias ? "true" : "false")}\"");
        xml.Write(
            ("FirstName", first), ("FamilyName", family), ("CivilRegistrationNumber", People.CivicNumber(person)), ("EmailAddress", People.Email(person, kind)),
            ("AliasFirstName", isAlias ? first : ""), ("AliasFamilyName", isAlias ? family : ""));
        xml.Close("Person");
    }

    private void WriteGroups(ImportXml xml, IEnumerable<int> groups)
    {
        foreach (var id in groups.Select(_groups.Id).Order(StringComparer.Ordinal))
        {
            xml.Write(("GroupId", id));
        }
    }

    /// <summary>Those that they teach and those that they belong to.</summary>
    private IEnumerable<int> GroupsOfStaff(ImportPlace place) => _teaching[place.Person].ToArray()
        .Select(row => _groups.OfSection(_roster.Teachers[row].Section))
        .Where(group => _groups.Institution(group) == place.Institution)
        .Union(_places.GroupsOf(place.Person, place.Institution));
}
