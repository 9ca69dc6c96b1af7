using System.Collections;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.AppleSchoolManager;

/// <summary>The courses behind the sections that become classes: one per syllabus and unit, or per group type and unit.</summary>
internal sealed class AppleCourses
{
    private readonly Roster _roster;
    private readonly EntityId[] _ofSection;

    public AppleCourses(Roster roster, BitArray chosen)
    {
        _roster = roster;
        _ofSection = new EntityId[roster.Sections.Count];
        for (var row = 0; row < _ofSection.Length; row++)
        {
            if (chosen[row])
            {
                _ofSection[row] = CourseId(row);
            }
        }
    }

    public bool Has(int section) => !_ofSection[section].IsNone;

    public EntityId Id(int section) => _ofSection[section];

    public void Write(CsvWriter csv)
    {
        csv.Header("course_id", "course_number", "course_name", "location_id");
        var courses = Enumerable.Range(0, _ofSection.Length).Where(Has).DistinctBy(Id).OrderBy(Id);
        foreach (var section in courses)
        {
            csv.Value(Id(section));
            WriteNames(csv, section);
            csv.Value(_roster.Units[_roster.Sections[section].Unit].Id);
            csv.EndRow();
        }
    }

    private void WriteNames(CsvWriter csv, int section)
    {
        if (_roster.Sections[section].Syllabus is not (>= 0 and var row))
        {
            csv.Empty();
            csv.Value(AppleText.Clean(System.Text.Encoding.UTF8.GetBytes(GroupType(section))));
            return;
        }

        ref readonly var syllabus = ref _roster.Syllabuses[row];
        var name = FirstOf(syllabus.CourseName, syllabus.SubjectName);
        csv.Value(FirstOf(syllabus.CourseCode, syllabus.SubjectCode));
        csv.Value(name.IsEmpty ? AppleText.Clean(System.Text.Encoding.UTF8.GetBytes(GroupType(section))) : name);
    }

    private ReadOnlySpan<byte> FirstOf(Text first, Text second)
    {
        var clean = AppleText.Clean(_roster[first]);
        return clean.IsEmpty ? AppleText.Clean(_roster[second]) : clean;
    }

    private string GroupType(int section) => _roster.Vocabulary.GroupTypes[_roster.Sections[section].GroupType];

    private EntityId CourseId(int section)
    {
        ref readonly var row = ref _roster.Sections[section];
        var unit = _roster.Units[row.Unit].Id;
        return row.Syllabus >= 0
            ? DerivedId.Of("course|"u8, _roster.Syllabuses[row.Syllabus].Id, unit)
            : DerivedId.Of("course|"u8, System.Text.Encoding.UTF8.GetBytes(GroupType(section)), unit);
    }
}
