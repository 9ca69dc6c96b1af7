using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Where a pupil goes to school. Preschool children have none: they have a placement.</summary>
internal sealed class EnrolmentWriter(WorldLayout layout, WorldIds ids)
{
    public void Write(Person student, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("enrolments");
        if (student.School.Kind != SchoolKind.Preschool)
        {
            WriteAll(student, layout.StayOf(student), writer);
        }

        writer.WriteEndArray();
    }

    private void WriteAll(Person student, StaySituation stay, Utf8JsonWriter writer)
    {
        var elsewhere = ids.Unit(layout.After(student.School));
        if (stay == StaySituation.MovedHere)
        {
            Write(student, StaySituation.Ordinary, elsewhere, layout.Calendar.LongAgo, writer);
        }

        Write(student, stay, ids.UnitOf(stay, student.School), layout.Calendar.Of(stay, student.Number), writer);
        if (stay == StaySituation.TwoPlaces)
        {
            Write(student, StaySituation.Ordinary, elsewhere, layout.Calendar.Running, writer);
        }
    }

    private static void Write(Person student, StaySituation stay, Guid unit, Period period, Utf8JsonWriter writer)
    {
        var school = student.School;
        var year = school.YearOf(school.ClassOf(student.Number));
        writer.WriteStartObject();
        writer.WriteReference("enroledAt", unit);
        writer.WriteString("schoolType", stay == StaySituation.UnknownSchoolType ? "NYSKOLA" : school.Kind.SchoolTypeOf(year));
        writer.WriteNumber("schoolYear", year);
        writer.WritePeriod(period);
        if (stay == StaySituation.Cancelled || student.Number % 3 == 0)
        {
            writer.WriteBoolean("cancelled", stay == StaySituation.Cancelled);
        }

        writer.WriteEndObject();
    }
}
