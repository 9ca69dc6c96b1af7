using System.IO.Compression;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Reads the zip back and lists what Apple would refuse: files, columns, syntax, required values, references, unique ids.</summary>
internal sealed class AppleCheck
{
    private const int MostErrors = 1000;

    private static readonly string[] FileNames = ["locations.csv", "students.csv", "staff.csv", "courses.csv", "classes.csv", "rosters.csv"];

    private readonly List<FeedError> _errors = [];
    private readonly IdSet _locations = new();
    private readonly IdSet _students = new();
    private readonly IdSet _staff = new();
    private readonly IdSet _courses = new();
    private readonly IdSet _classes = new();

    public static IReadOnlyList<FeedError> Errors(Stream zip)
    {
        var check = new AppleCheck();
        using var archive = new ZipArchive(zip, ZipArchiveMode.Read, leaveOpen: true);
        check.CheckNames(archive);
        if (check._errors.Count == 0)
        {
            check.CheckContent(archive);
        }

        return check._errors;
    }

    private void CheckNames(ZipArchive archive)
    {
        var names = archive.Entries.Select(entry => entry.FullName).ToList();
        foreach (var missing in FileNames.Except(names))
        {
            _errors.Add(new FeedError(missing, 0, "file", "all six files must be in the zip"));
        }

        foreach (var extra in names.Except(FileNames))
        {
            _errors.Add(new FeedError(extra, 0, "file", "only the six files may be in the zip"));
        }
    }

    private void CheckContent(ZipArchive archive)
    {
        Check(archive, "locations.csv", ["location_id", "location_name"], row =>
        {
            row.Id("location_id", _locations);
            row.Required("location_name");
        });
        if (_locations.Count == 0)
        {
            _errors.Add(new FeedError("locations.csv", 1, "location_id", "at least one location is needed"));
        }

        Check(archive, "students.csv",
            ["person_id", "person_number", "first_name", "middle_name", "last_name", "grade_level", "email_address", "sis_username",
                "password_policy", "location_id"],
            row => CheckPerson(row, _students, _staff));
        Check(archive, "staff.csv",
            ["person_id", "person_number", "first_name", "middle_name", "last_name", "email_address", "sis_username", "location_id"],
            row => CheckPerson(row, _staff, _students));
        Check(archive, "courses.csv", ["course_id", "course_number", "course_name", "location_id"], row =>
        {
            row.Id("course_id", _courses);
            row.Reference("location_id", _locations, "locations.csv", required: true);
        });
        Check(archive, "classes.csv",
            ["class_id", "class_number", "course_id", "instructor_id", "instructor_id_2", "instructor_id_3", "location_id"],
            CheckClass);
        Check(archive, "rosters.csv", ["roster_id", "class_id", "student_id"], row =>
        {
            row.Id("roster_id", seen: null);
            row.Reference("class_id", _classes, "classes.csv", required: true);
            row.Reference("student_id", _students, "students.csv", required: true);
        });
    }

    private void CheckPerson(AppleRow row, IdSet own, IdSet other)
    {
        row.Id("person_id", own);
        row.NotIn("person_id", other, "a person is in students.csv and staff.csv");
        row.Required("first_name");
        row.Required("last_name");
        row.Policy("password_policy");
        row.Reference("location_id", _locations, "locations.csv", required: true);
        row.References("location_id_", _locations, "locations.csv");
    }

    private void CheckClass(AppleRow row)
    {
        row.Id("class_id", _classes);
        row.Reference("course_id", _courses, "courses.csv", required: true);
        row.Reference("location_id", _locations, "locations.csv", required: true);
        row.Reference("instructor_id", _staff, "staff.csv", required: false);
        row.References("instructor_id_", _staff, "staff.csv");
    }

    private void Check(ZipArchive archive, string file, string[] template, Action<AppleRow> check)
    {
        using var stream = archive.GetEntry(file)!.Open();
        var reader = new CsvReader(stream, (byte)',');
        var row = new AppleRow(file, reader, _errors);
        if (!row.ReadHeader(template))
        {
            return;
        }

        while (_errors.Count < MostErrors && row.Read())
        {
            check(row);
        }
    }
}
