using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>
/// Who is responsible for a pupil. Two pupils in a row are siblings and share two guardians; every family has its own story.
/// </summary>
internal sealed class ResponsibleWriter(WorldLayout layout, WorldIds ids, PersonReferences references)
{
    private const int Stories = 16;
    private const string Guardian = "Vårdnadshavare";

    public void Write(Person student, Utf8JsonWriter writer)
    {
        var family = student.Number / 2;
        writer.WriteStartArray("responsibles");
        switch ((family + student.School.Index) % Stories)
        {
            case 3:
                Write(Parent(student, 0), Guardian, writer);
                break;
            case 4:
                WriteParents(student, Guardian, writer);
                Write(Staff(student.School, family), Guardian, writer);
                break;
            case 5:
                WriteParents(student, "Annan ansvarig", writer);
                break;
            case 6:
                WriteParents(student, Guardian, writer);
                Write(Parent(student, 0) with { School = layout.After(student.School), Number = 0 }, Guardian, writer);
                break;
            case 7:
                WriteParents(student, Guardian, writer);
                WriteMissing(student, writer);
                break;
            case 8:
                WriteParents(student, "God man", writer);
                break;
            case 9:
                WriteParents(student, Guardian, writer);
                Write(student, Guardian, writer);
                break;
            case 10:
                break;
            default:
                WriteParents(student, Guardian, writer);
                break;
        }

        writer.WriteEndArray();
    }

    private void WriteParents(Person student, string secondRelation, Utf8JsonWriter writer)
    {
        Write(Parent(student, 0), Guardian, writer);
        Write(Parent(student, 1), secondRelation, writer);
    }

    private void Write(Person person, string relation, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        references.Write(writer, "person", person);
        writer.WriteString("relationType", relation);
        writer.WriteEndObject();
    }

    private void WriteMissing(Person student, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteReference("person", ids.Missing(layout.IndexOf(student)));
        writer.WriteString("relationType", Guardian);
        writer.WriteEndObject();
    }

    // There are as many guardians as pupils; an only child at the end has one fewer.
    private static Person Parent(Person student, int which) =>
        new(student.School, Role.Guardian, Math.Min((student.Number / 2 * 2) + which, student.School.Guardians - 1));

    private static Person Staff(SchoolLayout school, int family) => new(school, Role.Staff, family % school.Staff / 2 * 2);
}
