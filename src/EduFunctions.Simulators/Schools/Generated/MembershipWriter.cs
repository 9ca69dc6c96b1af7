using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

internal sealed class MembershipWriter(WorldLayout layout, WorldIds ids, PersonReferences references)
{
    private const int SpecialMembers = 5;
    private static readonly Period Undated = new(null);

    public void WriteClass(SchoolLayout school, int classNumber, bool withDates, Utf8JsonWriter writer)
    {
        var (first, end) = school.StudentsOf(classNumber);
        writer.WriteStartArray("groupMemberships");
        for (var number = first; number < end; number++)
        {
            Write(new Person(school, Role.Student, number), withDates ? PeriodOf(number) : Undated, writer);
        }

        writer.WriteEndArray();
    }

    public void WriteStaff(SchoolLayout school, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("groupMemberships");
        for (var number = 0; number < school.Staff; number++)
        {
            Write(new Person(school, Role.Staff, number), Undated, writer);
        }

        writer.WriteEndArray();
    }

    public void WriteSpecial(SchoolLayout school, bool withMissing, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("groupMemberships");
        for (var number = 0; number < SpecialMembers; number++)
        {
            Write(new Person(school, Role.Student, number), layout.Calendar.SchoolYear, writer);
        }

        if (withMissing)
        {
            writer.WriteStartObject();
            writer.WriteReference("person", ids.Missing(school.Index));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private void Write(Person person, Period period, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        references.Write(writer, "person", person);
        writer.WritePeriod(period);
        writer.WriteEndObject();
    }

    private Period PeriodOf(int student) => (student % 26) switch
    {
        3 => layout.Calendar.LongAgo,
        9 => layout.Calendar.Later,
        15 => layout.Calendar.Soon,
        21 => layout.Calendar.Recent,
        5 or 10 or 20 => layout.Calendar.SchoolYear,
        _ => Undated,
    };
}
