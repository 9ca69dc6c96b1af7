using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>References to persons; some repeat the person's marking, and a few are the only place that has it.</summary>
internal sealed class PersonReferences(WorldLayout layout, WorldIds ids)
{
    public const string Protected = "Sekretessmarkering";
    public const string ProtectedRegistration = "Skyddad folkbokföring";
    public const string None = "Ingen";

    public void Write(Utf8JsonWriter writer, string name, Person person)
    {
        writer.WriteStartObject(name);
        WriteContent(writer, person);
        writer.WriteEndObject();
    }

    public void Write(Utf8JsonWriter writer, Person person)
    {
        writer.WriteStartObject();
        WriteContent(writer, person);
        writer.WriteEndObject();
    }

    private void WriteContent(Utf8JsonWriter writer, Person person)
    {
        writer.WriteString("id", ids.Person(person));
        writer.WriteOptional("securityMarking", MarkingOf(person));
    }

    private string? MarkingOf(Person person) => layout.SituationOf(person) switch
    {
        PersonSituation.Protected or PersonSituation.ProtectedOnReference => Protected,
        PersonSituation.ProtectedRegistration => ProtectedRegistration,
        _ => person.Number % 3 == 0 ? None : null,
    };
}
