using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Unilogin.Import;

/// <summary>Who and what of a roster is in one of the documents, and why somebody is not.</summary>
internal static class ImportChoice
{
    public static FeedSelection Of(Roster roster, UniloginImportSettings settings, Holders holders)
    {
        var content = new ImportContent(roster, settings, holders);
        var persons = new BitArray(roster.Persons.Count);
        foreach (ref readonly var place in content.Places.Rows.Rows)
        {
            persons[place.Person] = true;
            foreach (var contact in place.Kind == ImportKind.Student ? content.ContactsOf(place.Person) : [])
            {
                persons[contact] = true;
            }
        }

        var sections = new BitArray(roster.Sections.Count);
        for (var section = 0; section < sections.Count; section++)
        {
            sections[section] = content.Groups.OfSection(section) >= 0;
        }

        return new FeedSelection(persons, sections, FindingsOf(roster, content, persons)) { Contested = content.Places.Contested, Values = ValuesOf(roster, content) };
    }

    private static List<UniqueValue> ValuesOf(Roster roster, ImportContent content) =>
    [
        .. content.Places.Rows.Rows.ToArray().Select(place => place.Person).Distinct().Where(person => !content.Places.Contested[person])
            .Select(person => new UniqueValue(Movement.KeyOf(roster.Persons[person].Id), ImportPlaces.HashOf(content.People.LocalId(person)))),
    ];

    private static FindingLog FindingsOf(Roster roster, ImportContent content, BitArray persons)
    {
        var findings = content.Places.Findings;
        content.Institutions.Report(findings);
        content.Groups.Report(findings);
        var withoutNumber = Enumerable.Range(0, persons.Count)
            .Where(person => persons[person] && !content.People.IsAlias(person) && content.People.CivicNumber(person).Length == 0)
            .ToList();

        // Where nobody has one, the tenant hands out none: that is for the check to say, once.
        foreach (var person in withoutNumber.Count < persons.Cast<bool>().Count(isChosen => isChosen) ? withoutNumber : [])
        {
            findings.Add(ImportFindings.CivicNumberMissing, EntityKind.Person, roster.Persons[person].Id);
        }

        return findings;
    }
}
