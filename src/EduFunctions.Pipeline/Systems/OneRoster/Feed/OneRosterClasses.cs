using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>The school year, the schools, and what is taught there: the rows that name nobody.</summary>
internal sealed class OneRosterClasses(OneRosterContent content)
{
    private readonly Roster _roster = content.Roster;

    public IEnumerable<string[]> Sessions() =>
    [
        FormRow.Of(
            CsvForm.AcademicSessions, ("sourcedId", content.Session), ("title", content.Year.Title), ("type", "schoolYear"), ("startDate", Day(content.Year.Begins)),
            ("endDate", Day(content.Year.Ends)), ("schoolYear", content.Year.Year.ToString("0000", System.Globalization.CultureInfo.InvariantCulture))),
    ];

    public IEnumerable<string[]> Orgs()
    {
        var organisation = FormRow.Of(
            CsvForm.Orgs, ("sourcedId", content.Organisation), ("name", content.Settings.Organisation ?? content.Tenant), ("type", "district"));
        return Enumerable.Range(0, _roster.Units.Count).Select(School).Append(organisation).OrderBy(row => row[0], StringComparer.Ordinal);
    }

    /// <summary>Those of the classes: syllabuses, and one for each type of group that has none.</summary>
    public IEnumerable<string[]> Courses()
    {
        var (syllabuses, types) = (new SortedSet<int>(), new SortedSet<int>());
        for (var row = 0; row < _roster.Sections.Count; row++)
        {
            if (content.Classes[row])
            {
                ref readonly var section = ref _roster.Sections[row];
                _ = section.Syllabus >= 0 ? syllabuses.Add(section.Syllabus) : types.Add(section.GroupType);
            }
        }

        return syllabuses.Select(Course).Concat(types.Select(CourseOfType)).DistinctBy(row => row[0]).OrderBy(row => row[0], StringComparer.Ordinal);
    }

    public IEnumerable<string[]> Rows()
    {
        var titles = new SectionNames(_roster, content.Settings.ClassTitle, new CleanText());
        foreach (var row in IdSort.Order(content.ClassIds))
        {
            if (content.Classes[row])
            {
                var section = _roster.Sections[row];
                yield return FormRow.Of(
                    CsvForm.Classes, ("sourcedId", content.ClassIds[row].ToString()), ("title", CutText.Of(titles.Of(section), OneRosterLimits.LongestText)),
                    ("courseSourcedId", CourseIdOf(section)), ("classType", section.GroupType is GroupTypes.Class or GroupTypes.Mentor ? "homeroom" : "scheduled"),
                    ("schoolSourcedId", content.Units[section.Unit]), ("termSourcedIds", content.Session));
            }
        }
    }

    private string[] School(int row)
    {
        ref readonly var unit = ref _roster.Units[row];
        var name = content.Name(unit.Name);
        return FormRow.Of(
            CsvForm.Orgs, ("sourcedId", content.Units[row]), ("name", name.Length > 0 ? name : content.Units[row]), ("type", "school"),
            ("identifier", content.Name(unit.SchoolUnitCode)), ("parentSourcedId", content.Organisation));
    }

    private string[] Course(int row)
    {
        ref readonly var syllabus = ref _roster.Syllabuses[row];
        var (course, subject, code) = (content.Name(syllabus.CourseName), content.Listed(syllabus.SubjectName), content.Listed(syllabus.SubjectCode));
        var courseCode = content.Name(syllabus.CourseCode);
        var id = OneRosterIds.OfSyllabus(syllabus).ToString();
        return FormRow.Of(
            CsvForm.Courses, ("sourcedId", id), ("title", new[] { course, subject, courseCode, code }.FirstOrDefault(title => title.Length > 0, id)),
            ("courseCode", courseCode), ("orgSourcedId", content.Organisation),

            // The two lists have to be of one length.
            ("subjects", subject.Length > 0 ? subject : code), ("subjectCodes", code));
    }

    private string[] CourseOfType(int type) => FormRow.Of(
        CsvForm.Courses, ("sourcedId", CourseIdOfType(type)), ("title", _roster.Vocabulary.GroupTypes[type]), ("orgSourcedId", content.Organisation));

    private string CourseIdOf(in RosterSection section) =>
        section.Syllabus >= 0 ? OneRosterIds.OfSyllabus(_roster.Syllabuses[section.Syllabus]).ToString() : CourseIdOfType(section.GroupType);

    private string CourseIdOfType(int type) => OneRosterIds.Derived($"course|{_roster.Vocabulary.GroupTypes[type]}").ToString();

    private static string Day(DateOnly day) => day.ToString(DayAttribute.Form, System.Globalization.CultureInfo.InvariantCulture);
}
