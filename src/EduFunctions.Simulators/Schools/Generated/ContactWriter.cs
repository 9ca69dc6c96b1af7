using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

internal sealed class ContactWriter(WorldLayout layout)
{
    public void Write(Person person, Identity identity, PersonSituation situation, Utf8JsonWriter writer)
    {
        if (situation != PersonSituation.NoEmail)
        {
            WriteEmails(person, identity, writer);
        }

        if (person.Role != Role.Student || person.Number % 4 == 0)
        {
            WritePhone(identity, writer);
        }

        WriteAddresses(person, identity, situation, writer);
    }

    private static void WriteEmails(Person person, Identity identity, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("emails");
        if (person.Role == Role.Guardian || IsAlsoGuardian(person) || (person.Role == Role.Student && person.Number % 7 == 0))
        {
            WriteEmail(identity.PrivateEmail, "Privat", writer);
        }

        if (person.Role != Role.Guardian)
        {
            WriteEmail(identity.SchoolEmail, person.Role == Role.Student ? "Skola elev" : "Skola personal", writer);
        }

        writer.WriteEndArray();
    }

    private static bool IsAlsoGuardian(Person person) => person.Role == Role.Staff && person.Number % 2 == 0;

    private static void WriteEmail(string value, string type, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("value", value);
        writer.WriteString("type", type);
        writer.WriteEndObject();
    }

    private static void WritePhone(Identity identity, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("phoneNumbers");
        writer.WriteStartObject();
        writer.WriteString("value", identity.Phone);
        writer.WriteString("type", "Hem");
        writer.WriteBoolean("mobile", true);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private void WriteAddresses(Person person, Identity identity, PersonSituation situation, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("addresses");
        WriteAddress(
            situation == PersonSituation.RegisteredAbroadWithoutType ? null : "Folkbokföring",
            situation is PersonSituation.RegisteredAbroad or PersonSituation.RegisteredAbroadWithoutType ? "Norge" : Home(person));
        if (situation == PersonSituation.PostalAddressAbroad)
        {
            WriteAddress("Postadress", "Danmark");
        }

        writer.WriteEndArray();

        void WriteAddress(string? type, string country)
        {
            writer.WriteStartObject();
            writer.WriteAddress(type, identity.Street, "Nordhamn", country, layout.MunicipalityNumber);
            writer.WriteEndObject();
        }
    }

    // The country is free text, and every clerk has a way of writing it.
    private static string Home(Person person) => (person.Number % 19) switch
    {
        3 => "SVERIGE",
        7 => "Sweden",
        11 => "SE",
        13 => "",
        _ => "Sverige",
    };
}
