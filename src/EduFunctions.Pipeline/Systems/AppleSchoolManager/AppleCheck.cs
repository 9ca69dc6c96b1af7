using System.IO.Compression;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Reads the zip back and lists what Apple would refuse: files, columns, syntax, required values, references, unique ids.</summary>
internal sealed class AppleCheck(AppleSettings settings)
{
    private const int MostErrors = 1000;

    private static readonly IReadOnlyList<string> FileNames = [.. AppleFile.All.Select(file => file.Name)];

    private readonly List<FeedError> _errors = [];
    private readonly IdSet _locations = new();
    private readonly IdSet _students = new();
    private readonly IdSet _staff = new();
    private readonly IdSet _courses = new();
    private readonly IdSet _classes = new();
    private readonly IdSet _addresses = new();
    private readonly IReadOnlyList<string> _required = settings.RequiredColumns;

    public static IReadOnlyList<FeedError> Errors(Stream zip, AppleSettings settings)
    {
        var check = new AppleCheck(settings);
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
        Check(archive, AppleFile.Locations, row =>
        {
            row.Id("location_id", _locations);
            row.Required("location_name");
        });
        if (_locations.Count == 0)
        {
            _errors.Add(new FeedError(AppleFile.Locations.Name, 1, AppleFile.Location, "at least one location is needed"));
        }

        Check(archive, AppleFile.Students, row => CheckPerson(row, _students, _staff));
        Check(archive, AppleFile.Staff, row => CheckPerson(row, _staff, _students));
        Check(archive, AppleFile.Courses, row =>
        {
            row.Id("course_id", _courses);
            row.Reference(AppleFile.Location, _locations, AppleFile.Locations, required: true);
        });
        Check(archive, AppleFile.Classes, CheckClass);
        Check(archive, AppleFile.Rosters, row =>
        {
            row.Id("roster_id", seen: null);
            row.Reference("class_id", _classes, AppleFile.Classes, required: true);
            row.Reference("student_id", _students, AppleFile.Students, required: true);
        });
    }

    private void CheckPerson(AppleRow row, IdSet own, IdSet other)
    {
        row.Id("person_id", own);
        row.NotIn("person_id", other, "a person is in students.csv and staff.csv");
        foreach (var column in _required.Where(row.Has).Append(AppleFile.FirstName).Append(AppleFile.LastName))
        {
            row.Required(column);
        }

        row.Unique(AppleFile.Email, _addresses);
        row.Policy("password_policy");
        row.Reference(AppleFile.Location, _locations, AppleFile.Locations, required: true);
        row.References(AppleFile.Location, _locations, AppleFile.Locations);
    }

    private void CheckClass(AppleRow row)
    {
        row.Id("class_id", _classes);
        row.Reference("course_id", _courses, AppleFile.Courses, required: true);
        row.Reference(AppleFile.Location, _locations, AppleFile.Locations, required: true);
        row.Reference(AppleFile.Instructor, _staff, AppleFile.Staff, required: false);
        row.References(AppleFile.Instructor, _staff, AppleFile.Staff);
    }

    private void Check(ZipArchive archive, AppleFile file, Action<AppleRow> check)
    {
        using var stream = archive.GetEntry(file.Name)!.Open();
        var reader = new CsvReader(stream, (byte)',');
        var row = new AppleRow(file, reader, _errors);
        if (!row.ReadHeader())
        {
            return;
        }

        while (_errors.Count < MostErrors && row.Read())
        {
            check(row);
        }
    }
}
