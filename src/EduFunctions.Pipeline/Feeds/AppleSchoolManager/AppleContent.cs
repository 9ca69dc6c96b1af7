using System.Buffers;
using System.Collections;
using System.Globalization;
using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Feeds.AppleSchoolManager;

/// <summary>The rows of the six files. Rows are sorted by their first column, an id.</summary>
internal sealed class AppleContent
{
    public const int MostLocations = 999;
    public const int MostInstructors = 15;
    public const int FewestInstructors = 3;

    public static readonly SearchValues<byte> Quoted = SearchValues.Create(" ,;"u8);

    private readonly Roster _roster;
    private readonly BitArray _chosen;
    private readonly AppleSettings _settings;
    private readonly ApplePersons _students;
    private readonly ApplePersons _staff;
    private readonly AppleCourses _courses;
    private readonly AppleInstructors _instructors;
    private readonly Grouping _identifiers;

    public AppleContent(Roster roster, FeedSelection selection, AppleSettings settings)
    {
        _roster = roster;
        _chosen = selection.Persons;
        _settings = settings;
        _students = new ApplePersons(roster, roster.StudentUnits, IsStudent);
        _staff = new ApplePersons(roster, roster.StaffUnits, IsStaff);
        _courses = new AppleCourses(roster, selection.Sections);
        _instructors = new AppleInstructors(roster, IsStaff, _courses);
        _identifiers = new Grouping(roster.Persons.Count, roster.Identifiers.Count, row => roster.Identifiers[row].Person);
    }

    /// <summary>In the order in which they stand in the zip.</summary>
    public IReadOnlyList<(string Name, Action<CsvWriter> Write)> Files =>
    [
        ("locations.csv", WriteLocations),
        ("students.csv", WriteStudents),
        ("staff.csv", WriteStaff),
        ("courses.csv", _courses.Write),
        ("classes.csv", WriteClasses),
        ("rosters.csv", WriteRosters),
    ];

    /// <summary>The address of the role under which Apple knows the person.</summary>
    public static Text Email(in RosterPerson person) => (person.Roles & Roles.Staff) != 0 ? person.StaffEmail : person.StudentEmail;

    /// <summary>What does not fit into Apple's numbered columns.</summary>
    public void ReportLimits(FindingLog findings)
    {
        _students.Report(findings);
        _staff.Report(findings);
        _instructors.Report(findings);
    }

    private bool IsStaff(int person) => _chosen[person] && (_roster.Persons[person].Roles & Roles.Staff) != 0;

    private bool IsStudent(int person) => _chosen[person] && (_roster.Persons[person].Roles & Roles.Staff) == 0;

    private void WriteLocations(CsvWriter csv)
    {
        csv.Header("location_id", "location_name");
        foreach (ref readonly var unit in _roster.Units.Rows)
        {
            csv.Value(unit.Id);
            csv.Value(AppleText.Clean(_roster[unit.Name]));
            csv.EndRow();
        }
    }

    private void WriteStudents(CsvWriter csv)
    {
        csv.Header([
            "person_id", "person_number", "first_name", "middle_name", "last_name", "grade_level", "email_address", "sis_username",
            "password_policy", .. _students.LocationColumns]);
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (!IsStudent(row))
            {
                continue;
            }

            ref readonly var person = ref _roster.Persons[row];
            var year = person.SchoolYear < 0 ? "" : person.SchoolYear.ToString(CultureInfo.InvariantCulture);
            WriteNames(csv, row);
            csv.Value(Encoding.UTF8.GetBytes(year));
            csv.Value(AppleText.Clean(_roster[person.StudentEmail]));
            csv.Value(AppleText.Clean(_roster[person.PrincipalName]));
            csv.Value(Encoding.UTF8.GetBytes(_settings.PasswordPolicy.GetValueOrDefault(year, "")));
            _students.WriteLocations(csv, row);
            csv.EndRow();
        }
    }

    private void WriteStaff(CsvWriter csv)
    {
        csv.Header([
            "person_id", "person_number", "first_name", "middle_name", "last_name", "email_address", "sis_username",
            .. _staff.LocationColumns]);
        for (var row = 0; row < _roster.Persons.Count; row++)
        {
            if (!IsStaff(row))
            {
                continue;
            }

            WriteNames(csv, row);
            csv.Value(AppleText.Clean(_roster[_roster.Persons[row].StaffEmail]));
            csv.Value(AppleText.Clean(_roster[_roster.Persons[row].PrincipalName]));
            _staff.WriteLocations(csv, row);
            csv.EndRow();
        }
    }

    private void WriteNames(CsvWriter csv, int row)
    {
        ref readonly var person = ref _roster.Persons[row];
        csv.Value(person.Id);
        csv.Value(AppleText.Clean(PersonNumber(row)));
        csv.Value(AppleText.Clean(_roster[person.GivenName]));
        csv.Value(AppleText.Clean(_roster[person.MiddleName]));
        csv.Value(AppleText.Clean(_roster[person.FamilyName]));
    }

    private ReadOnlySpan<byte> PersonNumber(int row) =>
        _settings.PersonNumber == AppleSettings.CivicNumber ? WithoutHyphen(_roster[_roster.Persons[row].CivicNumber])
        : _settings.IdentifierContext is { } context ? Identifier(row, context)
        : default;

    private ReadOnlySpan<byte> Identifier(int person, string context)
    {
        foreach (var row in _identifiers[person])
        {
            if (_roster.Vocabulary.IdentifierContexts[_roster.Identifiers[row].Context] == context)
            {
                return _roster[_roster.Identifiers[row].Value];
            }
        }

        return default;
    }

    private static ReadOnlySpan<byte> WithoutHyphen(ReadOnlySpan<byte> number) =>
        number.Contains((byte)'-') ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(number).Replace("-", "", StringComparison.Ordinal)) : number;

    private void WriteClasses(CsvWriter csv)
    {
        csv.Header([
            "class_id", "class_number", "course_id", "instructor_id", "instructor_id_2", "instructor_id_3", "location_id",
            .. _instructors.FurtherColumns]);
        for (var row = 0; row < _roster.Sections.Count; row++)
        {
            ref readonly var section = ref _roster.Sections[row];
            if (!_courses.Has(row))
            {
                continue;
            }

            csv.Value(section.Id);
            csv.Value(AppleText.Clean(_roster[section.Name]));
            csv.Value(_courses.Id(row));
            _instructors.Write(csv, row, _roster.Units[section.Unit].Id);
            csv.EndRow();
        }
    }

    private void WriteRosters(CsvWriter csv)
    {
        csv.Header("roster_id", "class_id", "student_id");
        var rows = new Table<(EntityId Id, SectionPerson Member)>();
        foreach (var member in _roster.Members.Rows)
        {
            if (_courses.Has(member.Section) && IsStudent(member.Person))
            {
                var (section, person) = (_roster.Sections[member.Section].Id, _roster.Persons[member.Person].Id);
                rows.Add((DerivedId.Of("roster|"u8, section, person), member));
            }
        }

        rows.Rows.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        foreach (var (id, member) in rows.Rows)
        {
            csv.Value(id);
            csv.Value(_roster.Sections[member.Section].Id);
            csv.Value(_roster.Persons[member.Person].Id);
            csv.EndRow();
        }
    }
}
