using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

internal sealed class TeacherWriter(WorldLayout layout, WorldIds ids)
{
    private static readonly Period Undated = new(null);

    public void Write(SchoolLayout school, int activity, Utf8JsonWriter writer)
    {
        writer.WriteStartArray("teachers");
        Write(ids.Duty(school, school.TeacherOf(activity)), activity % 3 == 0 ? layout.Calendar.SchoolYear : Undated, isGrader: true, writer);
        if (activity % 7 == 0)
        {
            var former = ids.Duty(school, school.TeacherOf(activity + 1));
            Write(former, activity % 2 == 0 ? layout.Calendar.LongAgo : Undated, isGrader: false, writer);
        }

        if (activity % 40 == 11)
        {
            Write(ids.Missing(activity), Undated, isGrader: false, writer);
        }

        writer.WriteEndArray();
    }

    private static void Write(Guid duty, Period period, bool isGrader, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteReference("duty", duty);
        writer.WritePeriod(period);
        writer.WriteBoolean("grader", isGrader);
        writer.WriteEndObject();
    }
}
