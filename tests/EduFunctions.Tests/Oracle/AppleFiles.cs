using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;

namespace EduFunctions.Tests.Oracle;

/// <summary>The six files for Apple School Manager.</summary>
internal sealed class AppleFiles
{
    private const int MostInstructors = 15;
    private const int FewestInstructorColumns = 3;

    private readonly PulledSchool _pull;
    private readonly Choices _choices;
    private readonly Units _units;
    private readonly Stays _stays;
    private readonly JudgedPeople _people;
    private readonly string[] _staff;
    private readonly string[] _students;
    private readonly List<Section> _classes;

    public AppleFiles(PulledSchool pull, Choices choices, Units units, Stays stays, JudgedPeople people, Sections sections)
    {
        (_pull, _choices, _units, _stays, _people) = (pull, choices, units, stays, people);
        _staff = [.. people.Staff.Where(person => CanBeListed(person, "Skola personal"))];
        _students = [.. people.Students.Except(people.Staff).Where(person => CanBeListed(person, "Skola elev"))];
        _classes = [.. sections.All.Where(section => choices.ClassTypes.Contains(section.Type))];
        Files = new Dictionary<string, string>
        {
            ["locations.csv"] = Locations(),
            ["students.csv"] = Students(),
            ["staff.csv"] = Staff(),
            ["courses.csv"] = Courses(),
            ["classes.csv"] = Classes(),
            ["rosters.csv"] = Rosters(),
        };
    }

    public IReadOnlyDictionary<string, string> Files { get; }

    private string Locations() =>
        AppleCsv.File("location_id,location_name", _units.Eligible.Select(unit => new[] { unit, _units.NameOf(unit) }));

    private string Students()
    {
        var locations = _students.ToDictionary(person => person, person => UnitsOf(_stays.AtSchool(person)));
        var columns = Math.Max(1, locations.Values.Select(units => units.Length).DefaultIfEmpty().Max());
        return AppleCsv.File(
            "person_id,person_number,first_name,middle_name,last_name,grade_level,email_address,sis_username,password_policy"
            + Numbered(",location_id", 1, columns),
            _students.Select(person => Beginning(person)
                .Append(GradeOf(person))
                .Append(Email(person, "Skola elev"))
                .Append(UserName(person))
                .Append(_choices.PasswordPolicy(GradeOf(person)))
                .Concat(Padded(locations[person], columns))
                .ToArray()));
    }

    private string Staff()
    {
        var locations = _staff.ToDictionary(person => person, person => UnitsOf(_stays.DutiesByPerson[person]));
        var columns = Math.Max(1, locations.Values.Select(units => units.Length).DefaultIfEmpty().Max());
        return AppleCsv.File(
            "person_id,person_number,first_name,middle_name,last_name,email_address,sis_username" + Numbered(",location_id", 1, columns),
            _staff.Select(person => Beginning(person)
                .Append(Email(person, "Skola personal"))
                .Append(UserName(person))
                .Concat(Padded(locations[person], columns))
                .ToArray()));
    }

    private string Courses() => AppleCsv.File(
        "course_id,course_number,course_name,location_id",
        _classes.DistinctBy(CourseOf).Select(section =>
        {
            var syllabus = section.Syllabus is null ? [] : _pull[Collections.Syllabuses][section.Syllabus];
            var number = syllabus.Text("courseCode") ?? syllabus.Text("subjectCode") ?? "";
            var name = syllabus.Text("courseName") ?? syllabus.Text("subjectName") ?? section.Type;
            return new[] { CourseOf(section), number, name, section.Unit };
        }));

    private string Classes()
    {
        var instructors = _classes.ToDictionary(
            section => section.Id,
            section => section.Teachers.Intersect(_staff).Order(StringComparer.Ordinal).Take(MostInstructors).ToArray());
        var columns = Math.Max(FewestInstructorColumns, instructors.Values.Select(ids => ids.Length).DefaultIfEmpty().Max());
        return AppleCsv.File(
            "class_id,class_number,course_id,instructor_id,instructor_id_2,instructor_id_3,location_id"
            + Numbered(",instructor_id", FewestInstructorColumns + 1, columns),
            _classes.Select(section =>
            {
                var ids = Padded(instructors[section.Id], columns).ToArray();
                return new[] { section.Id, section.Group.Name(), CourseOf(section) }
                    .Concat(ids[..FewestInstructorColumns])
                    .Append(section.Unit)
                    .Concat(ids[FewestInstructorColumns..])
                    .ToArray();
            }));
    }

    private string Rosters() => AppleCsv.File(
        "roster_id,class_id,student_id",
        from section in _classes
        from person in section.Members.Intersect(_students)
        select new[] { Uuid5.Of($"roster|{section.Id}|{person}"), section.Id, person });

    private bool CanBeListed(string person, string emailType) =>
        Value(person, "givenName").Length > 0
        && Value(person, "familyName").Length > 0
        && (!_choices.EmailRequired || Email(person, emailType).Length > 0);

    private IEnumerable<string> Beginning(string person) =>
        [person, PersonNumber(_people.All[person]), Value(person, "givenName"), Value(person, "middleName"), Value(person, "familyName")];

    private string Value(string person, string name) => AppleCsv.Clean(_people.All[person].Text(name) ?? "");

    private string PersonNumber(JsonObject person) => _choices.PersonNumber switch
    {
        "" => "",
        "civicNo" => (person["civicNo"] as JsonObject)?.Text("value")?.Replace("-", "", StringComparison.Ordinal) ?? "",
        var identifier => person.Objects("externalIdentifiers")
            .FirstOrDefault(known => known.Text("context") == identifier["externalIdentifier:".Length..])?.Text("value") ?? "",
    };

    private string Email(string person, string type) => AppleCsv.Clean(
        _people.All[person].Objects("emails").FirstOrDefault(email => email.Text("type") == type)?.Text("value") ?? "");

    private string UserName(string person) => _people.All[person]["eduPersonPrincipalNames"].Texts().FirstOrDefault() ?? "";

    private string GradeOf(string person) => _stays.Enrolments[person]
        .Where(enrolment => enrolment.Passes && enrolment.Row["schoolYear"].AsNumber() is not null)
        .OrderByDescending(enrolment => enrolment.Start)
        .ThenBy(enrolment => enrolment.Unit, StringComparer.Ordinal)
        .ThenByDescending(enrolment => enrolment.Row["schoolYear"].AsNumber())
        .Select(enrolment => enrolment.Row["schoolYear"].AsNumber()!.Value.ToString(CultureInfo.InvariantCulture))
        .FirstOrDefault("");

    /// <summary>Every unit once, the one where somebody has been longest first.</summary>
    private static string[] UnitsOf(IEnumerable<Stay> stays) =>
    [
        .. stays.Where(stay => stay.Passes)
            .SelectMany(stay => stay.Units.Select(unit => (Unit: unit, stay.Start)))
            .OrderBy(place => place.Start)
            .ThenBy(place => place.Unit, StringComparer.Ordinal)
            .Select(place => place.Unit)
            .Distinct(),
    ];

    private static string CourseOf(Section section) => Uuid5.Of($"course|{section.Syllabus ?? section.Type}|{section.Unit}");

    private static IEnumerable<string> Padded(string[] values, int columns) =>
        values.Concat(Enumerable.Repeat("", columns - values.Length));

    private static string Numbered(string column, int first, int last) =>
        string.Concat(Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(number => number == 1 ? column : $"{column}_{number}"));
}
