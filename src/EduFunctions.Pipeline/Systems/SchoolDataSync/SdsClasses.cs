using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>What is taught, and who learns and teaches it.</summary>
internal sealed class SdsClasses(SdsContent content)
{
    private readonly Roster _roster = content.Roster;

    /// <summary>Those of the classes: one for each syllabus and school, or type of group and school.</summary>
    public IEnumerable<string[]> Courses() =>
        Chosen().DistinctBy(CourseId).Select(Course).OrderBy(row => row[0], StringComparer.Ordinal);

    public IEnumerable<string[]> Rows()
    {
        var titles = new SectionNames(_roster, content.Settings.ClassTitle, new CleanText());
        foreach (var row in Chosen())
        {
            var section = _roster.Sections[row];
            yield return
            [
                content.ClassIds[row].ToString(), content.Units[section.Unit], CutText.Of(titles.Of(section), SdsLimits.LongestText), content.Session, CourseId(row),
            ];
        }
    }

    /// <summary>Who learns and teaches in one class is its teacher.</summary>
    public IEnumerable<string[]> Enrollments()
    {
        var (members, teachers) = (BySection(_roster.Members), BySection(_roster.Teachers));
        foreach (var row in Chosen())
        {
            var roles = new SortedDictionary<int, string>();
            foreach (var member in members[row])
            {
                roles[_roster.Members[member].Person] = SdsWords.Student;
            }

            foreach (var teacher in teachers[row])
            {
                roles[_roster.Teachers[teacher].Person] = SdsWords.Teacher;
            }

            foreach (var (person, role) in roles)
            {
                if (content.Persons[person])
                {
                    yield return [content.ClassIds[row].ToString(), _roster.Persons[person].Id.ToString(), role];
                }
            }
        }
    }

    /// <summary>Rows of the sections that are classes, in the order of the classes' ids.</summary>
    private IEnumerable<int> Chosen() => IdSort.Order(content.ClassIds).Where(row => content.Classes[row]);

    private Grouping BySection(Table<SectionPerson> people) => new(_roster.Sections.Count, people.Count, row => people[row].Section);

    private string[] Course(int row)
    {
        ref readonly var section = ref _roster.Sections[row];
        var unit = content.Units[section.Unit];
        if (section.Syllabus < 0)
        {
            return [CourseId(row), unit, _roster.Vocabulary.GroupTypes[section.GroupType], "", content.Session];
        }

        ref readonly var syllabus = ref _roster.Syllabuses[section.Syllabus];
        string[] names = [content.Name(syllabus.CourseName), content.Name(syllabus.SubjectName), content.Name(syllabus.CourseCode), content.Name(syllabus.SubjectCode)];
        return
        [
            CourseId(row), unit, names.FirstOrDefault(name => name.Length > 0, _roster.Vocabulary.GroupTypes[section.GroupType]),
            names[2].Length > 0 ? names[2] : names[3], content.Session,
        ];
    }

    private string CourseId(int row)
    {
        ref readonly var section = ref _roster.Sections[row];
        var what = section.Syllabus >= 0 ? _roster.Syllabuses[section.Syllabus].Id.ToString() : _roster.Vocabulary.GroupTypes[section.GroupType];
        return SdsContent.Derived($"course|{what}|{_roster.Units[section.Unit].Id}").ToString();
    }
}
