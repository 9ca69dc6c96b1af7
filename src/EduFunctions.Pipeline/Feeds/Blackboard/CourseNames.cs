using System.Text;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.Blackboard;

/// <summary>Names of courses by the tenant's pattern.</summary>
internal sealed class CourseNames(Roster roster, BlackboardSettings settings, BlackboardText text)
{
    /// <summary>Good until the next value is cleaned.</summary>
    public ReadOnlySpan<byte> Of(in RosterSection section)
    {
        var name = new StringBuilder(settings.CourseName)
            .Replace("{group}", roster.Texts.ToString(section.Name))
            .Replace("{syllabus}", Syllabus(section))
            .Replace("{school}", roster.Texts.ToString(roster.Units[section.Unit].Name));
        return text.Clean(Encoding.UTF8.GetBytes(name.ToString()));
    }

    private string Syllabus(in RosterSection section)
    {
        if (section.Syllabus < 0)
        {
            return "";
        }

        ref readonly var syllabus = ref roster.Syllabuses[section.Syllabus];
        return roster.Texts.ToString(text.Clean(roster[syllabus.CourseName]).IsEmpty ? syllabus.SubjectName : syllabus.CourseName);
    }
}
