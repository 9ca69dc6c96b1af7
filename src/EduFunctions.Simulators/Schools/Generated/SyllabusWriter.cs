using System.Text.Json;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>The subjects of compulsory school by stage, the courses of upper secondary school by year, and two odd ones.</summary>
internal sealed class SyllabusWriter(WorldLayout layout, WorldIds ids)
{
    public const int UnknownSchoolType = 2 * Stages * SchoolKind.SubjectsPerClass;
    public const int WithoutCode = UnknownSchoolType + 1;

    private const int Stages = 3;

    private static readonly (string Code, string Name)[] Subjects =
    [
        ("MAT", "Matematik"), ("SVE", "Svenska"), ("ENG", "Engelska"), ("IDR", "Idrott och hälsa"),
        ("BIO", "Biologi"), ("HIS", "Historia"), ("MUS", "Musik"), ("BIL", "Bild"),
    ];

    public static int Count => WithoutCode + 1;

    public static string SubjectCode(int subject) => Subjects[subject].Code;

    public static int Of(SchoolLayout school, int year, int subject)
    {
        var stage = school.Kind == SchoolKind.Upper ? Stages + year - 1 : Math.Max(0, (year - 1) / Stages);
        return (stage * SchoolKind.SubjectsPerClass) + subject;
    }

    public void Write(int index, Utf8JsonWriter writer)
    {
        var (stage, subject) = Math.DivRem(index, SchoolKind.SubjectsPerClass);
        writer.WriteStartObject();
        writer.WriteHead(ids.Syllabus(index), layout.Calendar, index);
        writer.WriteString("subjectName", Subjects[subject].Name);
        writer.WriteBoolean("official", index < UnknownSchoolType);
        WriteLevel(index, stage, Subjects[subject], writer);
        writer.WriteEndObject();
    }

    private static void WriteLevel(int index, int stage, (string Code, string Name) subject, Utf8JsonWriter writer)
    {
        if (index >= UnknownSchoolType)
        {
            writer.WriteString("schoolType", index == UnknownSchoolType ? "NYSKOLA" : "GR");
        }
        else if (stage < Stages)
        {
            writer.WriteString("schoolType", "GR");
            writer.WriteString("subjectCode", $"GRGR{subject.Code}01");
            writer.WriteString("subjectDesignation", subject.Code[..2]);
            writer.WriteNumber("startSchoolYear", (stage * Stages) + 1);
            writer.WriteNumber("endSchoolYear", (stage + 1) * Stages);
        }
        else
        {
            writer.WriteString("schoolType", "GY");
            writer.WriteString("subjectCode", subject.Code);
            writer.WriteString("courseCode", $"{subject.Code}{subject.Code}0{stage - Stages + 1}");
            writer.WriteString("courseName", $"{subject.Name} {stage - Stages + 1}");
            writer.WriteNumber("points", 100);
        }
    }
}
