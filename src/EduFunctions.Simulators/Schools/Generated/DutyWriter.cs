using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Who works where as what, and who is mentor of which class.</summary>
internal sealed class DutyWriter(WorldLayout layout, WorldIds ids, PersonReferences references)
{
    private const string Teacher = "Lärare";

    private static readonly string[] OtherRoles =
    [
        "Rektor", "Förskollärare", "Barnskötare", "Bibliotekarie", "Lärarassistent", "Fritidspedagog", "Annan personal",
        "Studie- och yrkesvägledare", "Förstelärare", "Kurator", "Skolsköterska", "Skolläkare", "Skolpsykolog",
        "Speciallärare/specialpedagog", "Skoladministratör", "Övrig arbetsledning", "Övrig pedagogisk personal", "Förskolechef",
        "Husmästare",
    ];

    public int Count => layout.Duties.Total;

    public void Write(int index, Utf8JsonWriter writer)
    {
        var (schoolIndex, number) = layout.Duties.Locate(index);
        var school = layout.Schools[schoolIndex];
        writer.WriteStartObject();
        writer.WriteHead(ids.Duty(school, number), layout.Calendar, index);
        if (number < school.Staff)
        {
            WriteMain(new Person(school, Role.Staff, number), writer);
        }
        else
        {
            WriteSecond(new Person(school, Role.Staff, (number - school.Staff) * 10), writer);
        }

        writer.WriteEndObject();
    }

    private void WriteMain(Person person, Utf8JsonWriter writer)
    {
        var ordinal = layout.OrdinalOf(person);
        var stay = layout.StayOf(person);
        WritePerson(person, ordinal, writer);
        writer.WriteReference("dutyAt", ordinal % 9 == 4 ? ids.School(person.School) : ids.UnitOf(stay, person.School));
        writer.WriteString("dutyRole", ordinal % 2 == 0 ? Teacher : OtherRoles[ordinal / 2 % OtherRoles.Length]);
        writer.WriteString("signature", $"S{person.Number:000}");
        writer.WriteNumber("dutyPercent", 50 + (ordinal % 6 * 10));
        writer.WritePeriod(layout.Calendar.Of(stay, person.Number));
        WriteAssignments(person, writer);
    }

    private void WriteSecond(Person person, Utf8JsonWriter writer)
    {
        references.Write(writer, "person", person);
        writer.WriteReference("dutyAt", ids.Unit(layout.After(person.School)));
        writer.WriteString("dutyRole", Teacher);
        writer.WritePeriod(layout.Calendar.Running);
    }

    private void WritePerson(Person person, int ordinal, Utf8JsonWriter writer)
    {
        switch (ordinal % 36)
        {
            case 21:
                break;
            case 25:
                writer.WriteReference("person", ids.Missing(ordinal));
                break;
            default:
                references.Write(writer, "person", person);
                break;
        }
    }

    private void WriteAssignments(Person person, Utf8JsonWriter writer)
    {
        var school = person.School;
        writer.WriteStartArray("assignmentRole");
        for (var classNumber = 0; classNumber < school.Classes; classNumber++)
        {
            if (school.MentorOf(classNumber) == person.Number)
            {
                WriteAssignment(ids.Group(school, classNumber), "Mentor", layout.Calendar.SchoolYear, writer);
                WriteMentorGroup(school, classNumber, writer);
            }
            else if (school.TeacherOf(classNumber) == person.Number)
            {
                WriteAssignment(ids.Group(school, classNumber), "Specialpedagog", new Period(null), writer);
            }
        }

        writer.WriteEndArray();
    }

    private void WriteMentorGroup(SchoolLayout school, int classNumber, Utf8JsonWriter writer)
    {
        if (school.Kind.HasSubjects)
        {
            var period = classNumber % 4 == 3 ? layout.Calendar.LongAgo : new Period(null);
            WriteAssignment(ids.Group(school, school.FirstMentorGroup + classNumber), "Mentor", period, writer);
        }
    }

    private static void WriteAssignment(Guid group, string type, Period period, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteReference("group", group);
        writer.WriteString("assignmentRoleType", type);
        writer.WritePeriod(period);
        writer.WriteEndObject();
    }
}
