using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.Ss12000;

internal static class SyllabusJson
{
    public static void Read(ref PageWalker json, ReadOptions options)
    {
        var id = default(EntityId);
        var syllabus = default(SyllabusRow);
        while (json.NextProperty())
        {
            if (json.Is("id"u8))
            {
                id = json.Id();
            }
            else if (json.Is("subjectCode"u8))
            {
                syllabus.SubjectCode = json.Text();
            }
            else if (json.Is("subjectName"u8))
            {
                syllabus.SubjectName = json.Text();
            }
            else if (json.Is("courseCode"u8))
            {
                syllabus.CourseCode = json.Text();
            }
            else if (json.Is("courseName"u8))
            {
                syllabus.CourseName = json.Text();
            }
            else
            {
                json.Skip();
            }
        }

        json.Require(("subjectName", !syllabus.SubjectName.IsEmpty));
        if (json.IsDoubtful(id))
        {
            json.Doubt(EntityKind.Syllabus, id);
            json.Tell(EntityKind.Syllabus, id);
        }

        json.Close(EntityKind.Syllabus, id);
        json.Fragment.Syllabuses.Add(id, syllabus);
    }
}
