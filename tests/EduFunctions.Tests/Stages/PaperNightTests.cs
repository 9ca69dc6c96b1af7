using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;
using EduFunctions.Tests.Systems.AppleSchoolManager;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Deciding, rendering, checking and scanning, in memory.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PaperNightTests
{
    [Fact]
    public async Task The_files_for_Apple_look_as_they_did()
    {
        using var night = await PaperNight.RunAsync(GoldenSchool.Make().Data);

        Assert.Empty(night.Errors);
        Assert.All(night.Apple().Files, file => Assert.Equal(Repository.Text($"tests/EduFunctions.Tests/Systems/AppleSchoolManager/Golden/{file.Key}"), file.Value));
    }

    [Fact]
    public async Task Whoever_is_left_out_is_left_out_for_a_reason()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north");
        school.Student("alva", "north");
        school.Student("ebba", "north")["securityMarking"] = "Sekretessmarkering";
        school.Student("dag", "north")["enrolments"]![0]!["endDate"] = school.Day(-100);

        using var night = await PaperNight.RunAsync(school.Data);

        Assert.Equal([Ids.Of("alva")], night.Apple().Column("students.csv", "person_id"));
        Assert.Equal(2, Exclusions.Count(night.Decided.Decisions).Values.Sum());
        Assert.Equal(Ids.Of("ebba"), Assert.Single(night.Decided.Roster.Protected.Rows.ToArray()).ToString());
    }

    [Fact]
    public async Task The_school_type_of_a_group_counts_where_it_has_one_and_some_are_wanted()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("north", schoolType: "GR");
        foreach (var (number, type) in ((string?[])["GR", "GR", "FTH", null]).Index())
        {
            school.Group($"class {number}", "north", "Klass")["schoolType"] = type;
        }

        using var night = await PaperNight.RunAsync(school.Data, tenant => tenant["eligibility"] = new JsonObject { ["schoolTypes"] = new JsonArray("GR") });
        using var all = await PaperNight.RunAsync(school.Data);

        Assert.Equal((3, 4), (night.Decided.Roster.Sections.Count, all.Decided.Roster.Sections.Count));
        Assert.Equal(1, Exclusions.Count(night.Decided.Decisions)["group.schoolType"]);
    }

    [Theory]
    [InlineData("7b", true)]
    [InlineData("the class of Zqghidden Zqfhidden", false)]
    public async Task A_name_that_tells_of_a_protected_person_is_made_neutral(string group, bool isKept)
    {
        var marked = new MarkedSchool();
        marked.School.Group("named", "north", "Klass", "alva", "bo")["displayName"] = group;

        using var night = await PaperNight.RunAsync(marked.School.Data);

        Assert.Empty(night.Leaks);
        Assert.Equal(isKept, night.Apple().Files["classes.csv"].Contains(group, StringComparison.Ordinal));
        Assert.DoesNotContain("Zqghidden", night.Apple().Files["classes.csv"]);
    }

    [Theory]
    [InlineData(999, 999, 0)]
    [InlineData(1000, 999, 1)]
    public async Task Apple_takes_999_locations_and_the_next_is_a_finding(int units, int columns, int findings)
    {
        var school = new SchoolBuilder(Night.Today);
        var enrolments = new JsonArray();
        foreach (var number in Enumerable.Range(0, units))
        {
            school.Unit($"unit {number}");
            enrolments.Add((JsonNode)school.Enrolment($"unit {number}", 7));
        }

        if (units == columns)
        {
            // One of them twice: places are not locations.
            enrolments.Add((JsonNode)school.Enrolment("unit 0", 7));
        }

        school.Student("alva", "unit 0")["enrolments"] = enrolments;

        using var night = await PaperNight.RunAsync(school.Data);

        var row = Assert.Single(night.Apple().Rows("students.csv"));
        Assert.Equal(columns, row.Count(cell => cell.Key.StartsWith("location_id", StringComparison.Ordinal) && cell.Value.Length > 0));
        Assert.Equal(findings, night.Decided.Decisions.Data.Findings.Rows.GetValueOrDefault("apple.tooManyLocations")?.Count ?? 0);
        Assert.Empty(night.Errors);
    }
}
