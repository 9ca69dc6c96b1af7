using System.Collections;
using System.Text;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>The courses behind the sections that become classes: one per syllabus and unit, or per group type and unit.</summary>
internal sealed class AppleCourses
{
    private readonly Roster _roster;
    private readonly BitArray _chosen;
    private readonly EntityId[] _ofSection;

    public AppleCourses(Roster roster, BitArray chosen)
    {
        _roster = roster;
        _chosen = chosen;
        _ofSection = new EntityId[roster.Sections.Count];
        using var derived = new DerivedIds("course|"u8, _ofSection);
        for (var row = 0; row < _ofSection.Length; row++)
        {
            ref readonly var section = ref roster.Sections[row];
            if (chosen[row] && section.Syllabus >= 0)
            {
                derived.Add(row, roster.Syllabuses[section.Syllabus].Id, roster.Units[section.Unit].Id);
            }
            else if (chosen[row])
            {
                _ofSection[row] = DerivedIds.Of("course|"u8, Encoding.UTF8.GetBytes(GroupType(row)), roster.Units[section.Unit].Id);
            }
        }
    }

    public EntityId Id(int section) => _ofSection[section];

    public void Write(CsvWriter csv)
    {
        csv.Header(AppleFile.Courses.Columns);
        foreach (var section in FirstSections())
        {
            csv.Value(Id(section));
            WriteNames(csv, section);
            csv.Value(_roster.Units[_roster.Sections[section].Unit].Id);
            csv.EndRow();
        }
    }

    /// <summary>One section of each course, in the order of the courses' ids.</summary>
    private IEnumerable<int> FirstSections()
    {
        var sections = Enumerable.Range(0, _ofSection.Length).Where(section => _chosen[section]).ToArray();
        var before = default(EntityId);
        foreach (var at in IdSort.Order(Array.ConvertAll(sections, Id)))
        {
            if (Id(sections[at]) != before)
            {
                before = Id(sections[at]);
                yield return sections[at];
            }
        }
    }

    private void WriteNames(CsvWriter csv, int section)
    {
        if (_roster.Sections[section].Syllabus is not (>= 0 and var row))
        {
            csv.Empty();
            csv.Value(AppleText.NameOfThing(Encoding.UTF8.GetBytes(GroupType(section))));
            return;
        }

        ref readonly var syllabus = ref _roster.Syllabuses[row];
        var name = FirstOf(syllabus.CourseName, syllabus.SubjectName);
        csv.Value(FirstOf(syllabus.CourseCode, syllabus.SubjectCode));
        csv.Value(name.IsEmpty ? AppleText.NameOfThing(Encoding.UTF8.GetBytes(GroupType(section))) : name);
    }

    private ReadOnlySpan<byte> FirstOf(Text first, Text second)
    {
        var clean = AppleText.NameOfThing(_roster[first]);
        return clean.IsEmpty ? AppleText.NameOfThing(_roster[second]) : clean;
    }

    private string GroupType(int section) => _roster.Vocabulary.GroupTypes[_roster.Sections[section].GroupType];
}
