using EduFunctions.Simulators.Unikum;
using EduFunctions.Tests.Guards;

namespace EduFunctions.Tests.Systems.Unikum;

/// <summary>What the receiver should know of a sketch, said with sets.</summary>
internal static class NaiveRelations
{
    public const string Organisation = "nordhamn";
    public const string ClassType = "a";
    public const string MentorType = "b";
    public const string AdministratorRole = "c";

    public static IEnumerable<UnikumRelation> Of(RosterSketch sketch)
    {
        var students = sketch.Persons.Where(person => person.StudentUnits.Count > 0).ToDictionary(person => person.Id);
        var staff = sketch.Persons.Where(person => person.StaffUnits.Count > 0).ToDictionary(person => person.Id);
        return sketch.Units.Select(unit => new UnikumRelation("school_in_org", Id('u', unit), Organisation))
            .Concat(staff.Values.SelectMany(person => person.StaffUnits.Select(at => Relation("staff_in_school", 'p', person.Id, 'u', at.Unit))))
            .Concat(staff.Values.SelectMany(person => person.StaffUnits.Where(at => at.Kind == AdministratorRole)
                .Select(at => Relation("administrator_for", 'p', person.Id, 'u', at.Unit))))
            .Concat(students.Values.SelectMany(person => person.StudentUnits.Select(at => Relation("student_in_school", 'p', person.Id, 'u', at.Unit))))
            .Concat(sketch.Persons.SelectMany(person => person.Students.Select(student => Relation("guardian_for", 'p', person.Id, 'p', student))))
            .Concat(sketch.Persons.SelectMany(person => person.Students.SelectMany(student => students[student].StudentUnits)
                .Select(at => (person, at)))
                .Select(pair => Relation("external_user_in_school", 'p', pair.person.Id, 'u', pair.at.Unit)))
            .Concat(sketch.Sections.Where(IsClass).SelectMany(section => OfClass(section, students, staff)))
            .Distinct();
    }

    public static string Id(char kind, int number) => RosterSketch.Id(kind, number).ToString();

    /// <summary>The teachers of these have to do with the members one by one.</summary>
    public static bool HasMentors(SketchSection section) => section.Type == MentorType;

    public static bool IsClass(SketchSection section) => section.Type is ClassType or MentorType;

    private static IEnumerable<UnikumRelation> OfClass(SketchSection section, Dictionary<int, SketchPerson> students, Dictionary<int, SketchPerson> staff)
    {
        var (members, teachers) = (section.Members.Where(students.ContainsKey).ToList(), section.Teachers.Where(staff.ContainsKey).ToList());
        return members.Select(member => Relation("student_in_class", 'p', member, 's', section.Id))
            .Concat(teachers.Select(teacher => Relation("teacher_in_class", 'p', teacher, 's', section.Id)))
            .Append(Relation("class_in_school", 's', section.Id, 'u', section.Unit))
            .Concat(HasMentors(section)
                ? section.Teachers.Where(staff.ContainsKey).SelectMany(mentor => members.Where(member => member != mentor).Select(member => Relation("mentor_for", 'p', mentor, 'p', member)))
                : []);
    }

    private static UnikumRelation Relation(string type, char from, int subject, char to, int target) => new(type, Id(from, subject), Id(to, target));
}
