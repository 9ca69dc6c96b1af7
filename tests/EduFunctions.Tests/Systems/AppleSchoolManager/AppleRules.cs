using System.Text.RegularExpressions;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.Systems.AppleSchoolManager;

/// <summary>What Apple asks of an upload, looked at from outside: an ordinary CSV reader, and nothing of the product's own check.</summary>
internal sealed partial class AppleRules
{
    private const int MostInstructors = 15;
    private const int MostLocations = 999;

    private static readonly (string File, string[] Columns)[] Templates =
    [
        ("locations.csv", ["location_id", "location_name"]),
        ("students.csv",
            ["person_id", "person_number", "first_name", "middle_name", "last_name", "grade_level", "email_address", "sis_username",
                "password_policy", "location_id"]),
        ("staff.csv",
            ["person_id", "person_number", "first_name", "middle_name", "last_name", "email_address", "sis_username", "location_id"]),
        ("courses.csv", ["course_id", "course_number", "course_name", "location_id"]),
        ("classes.csv", ["class_id", "class_number", "course_id", "instructor_id", "instructor_id_2", "instructor_id_3", "location_id"]),
        ("rosters.csv", ["roster_id", "class_id", "student_id"]),
    ];

    private readonly AppleZip _zip;
    private readonly List<string> _broken = [];

    private AppleRules(AppleZip zip) => _zip = zip;

    /// <summary>Every rule that is broken, with file and value; none is what Apple wants.</summary>
    public static IReadOnlyList<string> Broken(AppleZip zip)
    {
        var rules = new AppleRules(zip);
        rules.CheckAll();
        return rules._broken;
    }

    private void CheckAll()
    {
        var files = Templates.Select(template => template.File);
        Require(_zip.Entries.Select(entry => entry.Name).SequenceEqual(files), "the six files in their order");
        foreach (var (file, columns) in Templates)
        {
            CheckText(file);
            CheckHeader(file, columns);
            CheckIds(file, columns[0]);
        }

        CheckRequired();
        CheckReferences();
        var people = _zip.Column("students.csv", "person_id").Concat(_zip.Column("staff.csv", "person_id")).ToList();
        Require(people.Distinct(StringComparer.OrdinalIgnoreCase).Count() == people.Count, "person_id is unique over students and staff");
        var policies = _zip.Column("students.csv", "password_policy");
        Require(policies.All(policy => policy is "" or "4" or "6" or "8"), "password_policy is 4, 6, 8 or empty");
    }

    private void CheckText(string file)
    {
        var text = _zip.Files[file];
        Require(!text.StartsWith('\uFEFF'), $"{file}: no byte order mark");
        Require(!text.Contains('\r', StringComparison.Ordinal) && text.EndsWith('\n'), $"{file}: line feeds only, also at the end");
        var lines = text.TrimEnd('\n').Split('\n');
        var rows = _zip.Rows(file);
        Require(lines.Length == rows.Count + 1, $"{file}: one line for each row");
        foreach (var (line, row) in lines.Skip(1).Zip(rows))
        {
            var expected = string.Join(',', row.Values.Select(Quoted));
            Require(line == expected, $"{file}: quotes exactly where a space, comma or semicolon stands, not {line}");
            Require(row.Values.All(IsClean), $"{file}: clean values, not {line}");
        }
    }

    private void CheckHeader(string file, string[] template)
    {
        var columns = _zip.Files[file].Split('\n')[0].Split(',');
        var further = columns.Except(template).ToList();
        var (family, most) = file == "classes.csv" ? ("instructor_id", MostInstructors) : ("location_id", MostLocations);
        var first = file == "classes.csv" ? 4 : 2;
        Require(columns.Take(template.Length).SequenceEqual(template), $"{file}: Apple's columns in Apple's order");
        var numbered = Enumerable.Range(first, further.Count).Select(number => $"{family}_{number}");
        Require(further.SequenceEqual(numbered), $"{file}: only numbered further columns");
        Require(further.Count == 0 || file is "students.csv" or "staff.csv" or "classes.csv", $"{file}: no further columns");
        Require(further.Count + first - 1 <= most, $"{file}: not more than {most} of {family}");
    }

    private void CheckIds(string file, string column)
    {
        var ids = _zip.Column(file, column);
        Require(ids.All(id => Id().IsMatch(id)), $"{file}: ids of letters, digits and hyphens");
        Require(ids.Distinct(StringComparer.OrdinalIgnoreCase).Count() == ids.Count, $"{file}: unique ids");
        Require(ids.Order(StringComparer.Ordinal).SequenceEqual(ids), $"{file}: rows in the order of their ids");
    }

    private void CheckRequired()
    {
        Require(_zip.Rows("locations.csv").Count > 0, "at least one location");
        (string File, string Column)[] required =
        [
            ("locations.csv", "location_name"),
            ("students.csv", "first_name"), ("students.csv", "last_name"), ("students.csv", "location_id"),
            ("staff.csv", "first_name"), ("staff.csv", "last_name"), ("staff.csv", "location_id"), ("courses.csv", "location_id"),
            ("classes.csv", "course_id"), ("classes.csv", "location_id"), ("rosters.csv", "class_id"), ("rosters.csv", "student_id"),
        ];
        foreach (var (file, column) in required)
        {
            Require(_zip.Column(file, column).All(value => value.Length > 0), $"{file}: {column} is required");
        }
    }

    private void CheckReferences()
    {
        CheckReferences("students.csv", "location_id", "locations.csv", "location_id");
        CheckReferences("staff.csv", "location_id", "locations.csv", "location_id");
        CheckReferences("courses.csv", "location_id", "locations.csv", "location_id");
        CheckReferences("classes.csv", "location_id", "locations.csv", "location_id");
        CheckReferences("classes.csv", "course_id", "courses.csv", "course_id");
        CheckReferences("classes.csv", "instructor_id", "staff.csv", "person_id");
        CheckReferences("rosters.csv", "class_id", "classes.csv", "class_id");
        CheckReferences("rosters.csv", "student_id", "students.csv", "person_id");
        Require(_zip.Column("courses.csv", "course_id").All(_zip.Column("classes.csv", "course_id").Contains), "every course has a class");
        var pairs = _zip.Rows("rosters.csv").Select(row => (row["class_id"], row["student_id"])).ToList();
        Require(pairs.Distinct().Count() == pairs.Count, "every student is in a class once");
    }

    /// <summary>Also of the family's numbered columns: each value leads somewhere, none stands twice in a row, no gap before it.</summary>
    private void CheckReferences(string file, string family, string target, string key)
    {
        var known = _zip.Column(target, key).ToHashSet(StringComparer.Ordinal);
        foreach (var row in _zip.Rows(file))
        {
            var cells = row
                .Where(cell => cell.Key == family || cell.Key.StartsWith(family + "_", StringComparison.Ordinal))
                .Select(cell => cell.Value)
                .ToList();
            var values = cells.TakeWhile(value => value.Length > 0).ToList();
            Require(values.All(known.Contains), $"{file}: {family} is in {target}, row {row.Values.First()}");
            Require(values.Distinct().Count() == values.Count, $"{file}: {family} once, row {row.Values.First()}");
            Require(cells.Skip(values.Count).All(value => value.Length == 0), $"{file}: {family} without gaps, row {row.Values.First()}");
        }
    }

    private void Require(bool isSo, string rule)
    {
        if (!isSo)
        {
            _broken.Add(rule);
        }
    }

    private static string Quoted(string value) => value.AsSpan().ContainsAny(" ,;") ? $"\"{value}\"" : value;

    private static bool IsClean(string value) =>
        !value.Contains("  ", StringComparison.Ordinal)
        && value.Trim() == value
        && !value.Any(letter => letter is '"' or '\\' || char.IsControl(letter) || (char.IsWhiteSpace(letter) && letter != ' '));

    [GeneratedRegex("^[A-Za-z0-9-]+$")]
    private static partial Regex Id();
}
