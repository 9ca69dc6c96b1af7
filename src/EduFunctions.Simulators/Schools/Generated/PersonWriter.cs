using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>
/// What everybody has; what only pupils have is in <see cref="EnrolmentWriter"/> and <see cref="ResponsibleWriter"/>.
/// </summary>
internal sealed class PersonWriter(WorldLayout layout, WorldIds ids, Identities identities, PersonReferences references)
{
    private readonly ContactWriter _contacts = new(layout);
    private readonly EnrolmentWriter _enrolments = new(layout, ids);
    private readonly ResponsibleWriter _responsibles = new(layout, ids, references);

    public int Count => layout.Options.Persons;

    public void Write(int index, Utf8JsonWriter writer)
    {
        var repeated = index - layout.Persons.Total;
        if (repeated < 0)
        {
            var person = layout.PersonAt(index);
            Write(person, layout.SituationOf(person), writer);
        }
        else
        {
            WriteAgain(repeated, writer);
        }
    }

    // Once the same row, once a protected pupil whose later row no longer says so.
    private void WriteAgain(int repeated, Utf8JsonWriter writer)
    {
        var situation = repeated == 0 ? PersonSituation.Ordinary : PersonSituation.Protected;
        var person = Enumerable.Range(0, layout.Persons.Total).Select(layout.PersonAt).First(p => layout.SituationOf(p) == situation);
        Write(person, PersonSituation.Ordinary, writer);
    }

    private void Write(Person person, PersonSituation situation, Utf8JsonWriter writer)
    {
        var identity = identities.Of(person);
        var id = ids.Person(person).ToString();
        writer.WriteStartObject();
        writer.WriteString("id", situation == PersonSituation.UpperCaseId ? id.ToUpperInvariant() : id);
        writer.WriteMeta(layout.Calendar, layout.IndexOf(person));
        writer.WriteString("givenName", identity.GivenName);
        writer.WriteOptional("middleName", identity.MiddleName);
        writer.WriteOptional("familyName", situation == PersonSituation.NoFamilyName ? null : identity.FamilyName);
        WriteNumbers(identity, situation, writer);
        writer.WriteOptional("securityMarking", MarkingOf(situation));
        WriteStatus(person, situation, writer);
        _contacts.Write(person, identity, situation, writer);
        if (person.Role == Role.Student)
        {
            _enrolments.Write(person, writer);
            _responsibles.Write(person, writer);
        }

        writer.WriteEndObject();
    }

    private static void WriteNumbers(Identity identity, PersonSituation situation, Utf8JsonWriter writer)
    {
        if (situation != PersonSituation.NoUserName)
        {
            writer.WriteStrings("eduPersonPrincipalNames", [identity.UserName]);
        }

        if (identity.CivicNumber is not null)
        {
            writer.WriteStartObject("civicNo");
            writer.WriteString("value", identity.CivicNumber);
            writer.WriteString("nationality", "SE");
            writer.WriteEndObject();
        }

        writer.WriteString(
            "birthDate", situation == PersonSituation.InvalidBirthDate ? "2015-02-30" : Calendar.Text(identity.BirthDate));
        writer.WriteString("sex", identity.Sex);
    }

    private static string? MarkingOf(PersonSituation situation) => situation switch
    {
        PersonSituation.Protected => PersonReferences.Protected,
        PersonSituation.ProtectedRegistration => PersonReferences.ProtectedRegistration,
        PersonSituation.Unmarked => null,
        PersonSituation.UnknownMarking => "Spärrad",
        _ => PersonReferences.None,
    };

    // Aktiv is what an absent status means.
    private static void WriteStatus(Person person, PersonSituation situation, Utf8JsonWriter writer) =>
        writer.WriteOptional("personStatus", situation switch
        {
            PersonSituation.Deceased => "Avliden",
            PersonSituation.Emigrated => "Utvandrad",
            PersonSituation.UnknownStatus => "Bortrest",
            _ => person.Number % 2 == 0 ? "Aktiv" : null,
        });
}
