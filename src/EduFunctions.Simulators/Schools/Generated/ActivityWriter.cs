using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>What ties a teaching group to its syllabus and its teachers; in preschools one gathering per group, without syllabus.</summary>
internal sealed class ActivityWriter(WorldLayout layout, WorldIds ids)
{
    private readonly TeacherWriter _teachers = new(layout, ids);

    public int Count => layout.Activities.Total;

    public void Write(int index, Utf8JsonWriter writer)
    {
        var (schoolIndex, number) = layout.Activities.Locate(index);
        var school = layout.Schools[schoolIndex];
        writer.WriteStartObject();
        writer.WriteHead(ids.Activity(index), layout.Calendar, index);
        writer.WriteBoolean("calendarEventsRequired", true);
        writer.WriteReference("organisation", ids.Unit(school));
        if (number < school.OrdinaryActivities)
        {
            WriteOrdinary(school, number, writer);
        }
        else
        {
            WriteSpecial(school, (SpecialActivity)(number - school.OrdinaryActivities), writer);
        }

        _teachers.Write(school, number, writer);
        writer.WriteEndObject();
    }

    private void WriteOrdinary(SchoolLayout school, int number, Utf8JsonWriter writer)
    {
        if (!school.Kind.HasSubjects)
        {
            WriteFacts($"Samling {school.ClassName(number)}", [ids.Group(school, number)], null, layout.Calendar.SchoolYear, writer);
            return;
        }

        var (classNumber, subject) = Math.DivRem(number, school.Kind.Subjects);
        var syllabus = SyllabusWriter.Of(school, school.YearOf(classNumber), subject);
        WriteFacts(
            $"{SyllabusWriter.SubjectCode(subject)} {school.ClassName(classNumber)}",
            [ids.Group(school, school.FirstTeachingGroup + number)],
            ids.Syllabus(syllabus),
            layout.Calendar.SchoolYear,
            writer);
    }

    private void WriteSpecial(SchoolLayout school, SpecialActivity special, Utf8JsonWriter writer) => WriteFacts(
        $"Aktivitet {(int)special}",
        GroupsOf(school, special),
        SyllabusOf(special),
        special == SpecialActivity.Ended ? layout.Calendar.LongAgo : layout.Calendar.SchoolYear,
        writer);

    private Guid[] GroupsOf(SchoolLayout school, SpecialActivity special) => special switch
    {
        SpecialActivity.WithoutSyllabus => [ids.Group(school, SpecialGroup.ActivityWithoutSyllabus)],
        SpecialActivity.Ended => [ids.Group(school, SpecialGroup.ActivityEnded)],
        SpecialActivity.UnknownSyllabus => [ids.Group(school, SpecialGroup.UnknownSyllabus)],
        SpecialActivity.FirstOfTwo or SpecialActivity.SecondOfTwo => [ids.Group(school, SpecialGroup.TwoSyllabuses)],
        SpecialActivity.OfAClass => [ids.Group(school, 0)],
        SpecialActivity.OfTwoGroups => [ids.Group(school, school.FirstTeachingGroup), ids.Group(school, school.FirstTeachingGroup + 1)],
        _ => [ids.Missing(school.Index)],
    };

    private Guid? SyllabusOf(SpecialActivity special) => special switch
    {
        SpecialActivity.WithoutSyllabus or SpecialActivity.OfAClass => null,
        SpecialActivity.UnknownSyllabus => ids.Missing(0),
        SpecialActivity.FirstOfTwo => ids.Syllabus(SyllabusWriter.UnknownSchoolType),
        SpecialActivity.SecondOfTwo => ids.Syllabus(SyllabusWriter.WithoutCode),
        _ => ids.Syllabus(0),
    };

    private static void WriteFacts(string name, IEnumerable<Guid> groups, Guid? syllabus, Period period, Utf8JsonWriter writer)
    {
        writer.WriteString("displayName", name);
        writer.WriteString("activityType", syllabus is null ? "Elevaktivitet" : "Undervisning");
        writer.WritePeriod(period);
        writer.WriteReferences("groups", groups);
        if (syllabus is { } known)
        {
            writer.WriteReference("syllabus", known);
        }
    }
}
