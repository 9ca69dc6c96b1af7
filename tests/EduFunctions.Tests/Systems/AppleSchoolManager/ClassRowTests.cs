using System.Globalization;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Oracle;
using Xunit;

namespace EduFunctions.Tests.Systems.AppleSchoolManager;

/// <summary>courses.csv, classes.csv and rosters.csv.</summary>
[Collection(TargetTests.Name)]
public sealed class ClassRowTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(15, 15)]
    [InlineData(17, 15)]
    public async Task There_are_at_least_three_and_at_most_fifteen_instructors(int teachers, int columns)
    {
        Teach(teachers);

        var night = await NightAsync();

        var zip = await night.AppleAsync();
        string[] further = [.. Enumerable.Range(4, Math.Max(0, columns - 3)).Select(number => $"instructor_id_{number}")];
        var header = "class_id,class_number,course_id,instructor_id,instructor_id_2,instructor_id_3,location_id";
        Assert.Equal(string.Join(',', [header, .. further]), zip.Files["classes.csv"].Split('\n')[0]);
        Assert.Equal(Labels(teachers).Select(Ids.Of).Order(StringComparer.Ordinal).Take(15), Instructors(zip));
        Assert.Equal(teachers > 15, night.Run.Findings.Any(finding => finding.Code == "apple.tooManyInstructors"));
        Assert.Empty(AppleRules.Broken(zip));
    }

    [Fact]
    public async Task The_fifteen_are_counted_after_those_who_are_not_in_the_files()
    {
        Teach(17);
        foreach (var label in Labels(17).OrderBy(Ids.Of, StringComparer.Ordinal).Take(2))
        {
            _school.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of(label)).Remove("familyName");
        }

        var night = await NightAsync();

        Assert.Equal(Labels(17).Select(Ids.Of).Order(StringComparer.Ordinal).Skip(2), Instructors(await night.AppleAsync()));
        Assert.DoesNotContain(night.Run.Findings, finding => finding.Code == "apple.tooManyInstructors");
    }

    [Fact]
    public async Task A_course_stands_for_a_syllabus_at_a_unit()
    {
        Arrange();
        _school.Syllabus("maths", "GRGRMAT01", "Matematik");
        Teaching("7a", "north", "maths");
        Teaching("7b", "north", "maths");
        Teaching("7c", "south", "maths");

        var zip = await (await NightAsync()).AppleAsync();

        var rows = zip.Rows("courses.csv");
        string[] units = [Ids.Of("north"), Ids.Of("south")];
        var courses = units.Select(unit => Uuid5.Of($"course|{Ids.Of("maths")}|{unit}"));
        Assert.Equal(courses.Order(StringComparer.Ordinal), rows.Select(row => row["course_id"]));
        Assert.All(rows, row => Assert.Equal(("GRGRMAT01", "Matematik"), (row["course_number"], row["course_name"])));
        Assert.Equal(3, zip.Rows("classes.csv").Count);
    }

    [Theory]
    [InlineData("K1", "Kurs", "S1", "Ämne", "K1", "Kurs")]
    [InlineData(null, null, "S1", "Ämne", "S1", "Ämne")]
    [InlineData("K1", null, "S1", "Ämne", "K1", "Ämne")]
    [InlineData(null, "Kurs", null, null, "", "Kurs")]
    [InlineData(null, null, null, null, "", "Undervisning")]
    public async Task A_course_is_called_by_the_course_or_else_by_the_subject(
        string? courseCode, string? courseName, string? subjectCode, string? subjectName, string number, string name)
    {
        Arrange();
        var syllabus = _school.Syllabus("maths");
        (syllabus["courseCode"], syllabus["courseName"]) = (courseCode, courseName);
        (syllabus["subjectCode"], syllabus["subjectName"]) = (subjectCode, subjectName);
        Teaching("7a", "north", "maths");

        var row = Assert.Single((await (await NightAsync()).AppleAsync()).Rows("courses.csv"));

        Assert.Equal((number, name), (row["course_number"], row["course_name"]));
    }

    [Fact]
    public async Task A_class_without_syllabus_has_the_course_of_its_type_at_its_unit()
    {
        Arrange();
        _school.Group("7a", "north");
        _school.Group("7b", "north");

        var zip = await (await NightAsync()).AppleAsync();

        var row = Assert.Single(zip.Rows("courses.csv"));
        Assert.Equal(
            (Uuid5.Of($"course|Klass|{Ids.Of("north")}"), "", "Klass", Ids.Of("north")),
            (row["course_id"], row["course_number"], row["course_name"], row["location_id"]));
        Assert.Equal([row["course_id"], row["course_id"]], zip.Column("classes.csv", "course_id"));
    }

    [Fact]
    public async Task A_class_of_a_group_and_a_syllabus_has_an_id_of_both_and_the_number_of_the_group()
    {
        Arrange();
        _school.Syllabus("maths");
        Teaching("7a", "north", "maths");

        var row = Assert.Single((await (await NightAsync()).AppleAsync()).Rows("classes.csv"));

        Assert.Equal(
            (Uuid5.Of($"section|{Ids.Of("7a")}|{Ids.Of("maths")}"), "7a", Ids.Of("north")),
            (row["class_id"], row["class_number"], row["location_id"]));
    }

    [Fact]
    public async Task Only_the_chosen_types_of_group_become_classes()
    {
        Arrange();
        _school.Group("7a", "north", "Klass", "alva");
        _school.Group("mentees", "north", "Mentor", "alva");

        var usual = await (await NightAsync()).AppleAsync();
        var mentors = await (await azurite.Night(_school).WithApple("groupTypes", new JsonArray("Mentor")).Dry().RunAsync()).AppleAsync();

        Assert.Equal([Ids.Of("7a")], usual.Column("classes.csv", "class_id"));
        Assert.Equal([Ids.Of("mentees")], mentors.Column("rosters.csv", "class_id"));
    }

    [Fact]
    public async Task A_roster_row_has_an_id_of_class_and_student()
    {
        Arrange();
        _school.Group("7a", "north", "Klass", "alva");

        var row = Assert.Single((await (await NightAsync()).AppleAsync()).Rows("rosters.csv"));

        Assert.Equal(
            (Uuid5.Of($"roster|{Ids.Of("7a")}|{Ids.Of("alva")}"), Ids.Of("7a"), Ids.Of("alva")),
            (row["roster_id"], row["class_id"], row["student_id"]));
    }

    [Fact]
    public void Derived_ids_are_those_of_the_standard()
    {
        // An example known from many libraries, and one value of the product's own, so that ids never change unseen.
        Assert.Equal("2ed6657d-e927-568b-95e1-2665a8aea6a2", Uuid5.Of("6ba7b8109dad11d180b400c04fd430c8", "www.example.com"));
        Assert.Equal("4216f54b-ae7d-5d86-804a-5d4d6c67f405", Uuid5.Of("section|a|b"));
    }

    private static IEnumerable<string> Labels(int teachers) =>
        Enumerable.Range(1, teachers).Select(number => string.Create(CultureInfo.InvariantCulture, $"teacher {number}"));

    private static IEnumerable<string> Instructors(AppleZip zip) => zip.Rows("classes.csv").Single()
        .Where(cell => cell.Key.StartsWith("instructor_id", StringComparison.Ordinal) && cell.Value.Length > 0)
        .Select(cell => cell.Value);

    private void Teach(int teachers)
    {
        _school.Unit("north");
        _school.Group("7a", "north");
        foreach (var label in Labels(teachers))
        {
            _school.Employee(label);
            _school.Duty($"{label}'s", label, "north");
        }

        if (teachers == 0)
        {
            _school.Employee("somebody");
        }

        _school.Activity("class hour", "north", "7a", null, [.. Labels(teachers).Select(label => $"{label}'s")]);
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Unit("south");
        _school.Student("alva", "north");
    }

    private void Teaching(string label, string unit, string syllabus)
    {
        _school.Group(label, unit, "Undervisning", "alva");
        _school.Activity($"{label} lesson", unit, label, syllabus);
    }

    private Task<NightResult> NightAsync() => azurite.Night(_school).Dry().RunAsync();
}
