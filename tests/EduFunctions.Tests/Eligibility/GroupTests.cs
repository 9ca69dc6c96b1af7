using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Oracle;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class GroupTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Theory]
    [InlineData("Klass", true)]
    [InlineData("Mentor", true)]
    [InlineData("Avdelning", true)]
    [InlineData("Provgrupp", false)]
    [InlineData("Schema", false)]
    [InlineData("Övrigt", false)]
    [InlineData("Projekt", false)]
    [InlineData("klass", false)]
    public async Task Five_types_of_group_become_sections(string type, bool isEligible)
    {
        Arrange();
        _school.Group("group", "north", type, "alva");

        var night = await NightAsync();

        Assert.Equal(isEligible ? [Ids.Of("group")] : [], await night.SectionsAsync("alva"));
        Assert.Equal(isEligible ? 0 : 1, night.Excluded("group.type"));
    }

    [Fact]
    public async Task A_group_belongs_to_an_eligible_unit()
    {
        Arrange();
        _school.Group("at closed", "closed", "Klass", "alva");
        _school.Group("nowhere", "nowhere", "Klass", "alva");
        _school.Group("without", "north", "Klass", "alva").Remove("organisation");

        var night = await NightAsync();

        Assert.Empty(await night.SectionsAsync("alva"));
        Assert.Equal(3, night.Excluded("group.unit"));
    }

    [Fact]
    public async Task A_group_has_to_be_in_the_strict_window()
    {
        Arrange();
        _school.Group("undated", "north", "Klass", "alva").Remove("startDate");
        _school.Group("ended", "north", "Klass", "alva")["endDate"] = _school.Day(-14);
        _school.Group("ending", "north", "Klass", "alva")["endDate"] = _school.Day(-13);
        _school.Group("later", "north", "Klass", "alva")["startDate"] = _school.Day(14);

        var night = await NightAsync();

        Assert.Equal([Ids.Of("ending")], await night.SectionsAsync("alva"));
        Assert.Equal(3, night.Excluded("group.dates"));
    }

    [Fact]
    public async Task The_school_type_counts_only_for_groups_that_have_one()
    {
        Arrange();
        _school.Group("without", "north", "Klass", "alva");
        _school.Group("null", "north", "Klass")["schoolType"] = null;
        _school.Group("listed", "north", "Klass")["schoolType"] = "GR";
        _school.Group("unlisted", "north", "Klass")["schoolType"] = "FTH";

        var night = await azurite.Night(_school).With("eligibility.schoolTypes", new JsonArray("GR")).Dry().RunAsync();

        Assert.Equal((3, 1), (night.Run.Counts!.Sections, night.Excluded("group.schoolType")));
    }

    [Fact]
    public async Task A_teaching_group_needs_a_running_activity_with_a_syllabus_that_exists()
    {
        Arrange();
        _school.Syllabus("maths");
        foreach (var group in new[] { "good", "idle", "ended", "undated", "no syllabus", "lost syllabus" })
        {
            _school.Group(group, "north", "Undervisning", "alva");
        }

        _school.Activity("a1", "north", "good", "maths");
        _school.Activity("a2", "north", "ended", "maths")["endDate"] = _school.Day(-14);
        _school.Activity("a3", "north", "undated", "maths").Remove("startDate");
        _school.Activity("a4", "north", "no syllabus");
        _school.Activity("a5", "north", "lost syllabus", "unknown");

        var night = await NightAsync();

        Assert.Equal([Section("good", "maths")], await night.SectionsAsync("alva"));
        Assert.Equal(5, night.Excluded("group.noSyllabus"));
    }

    [Fact]
    public async Task Every_syllabus_of_a_group_makes_a_section_and_one_activity_may_serve_several_groups()
    {
        Arrange();
        _school.Syllabus("maths");
        _school.Syllabus("music");
        _school.Group("7a", "north", "Undervisning", "alva");
        _school.Group("7b", "north", "Undervisning", "alva");
        _school.Activity("sums", "north", "7a", "maths")["groups"]!.AsArray().Add((JsonNode)SchoolBuilder.Reference("7b"));
        _school.Activity("more sums", "north", "7a", "maths");
        _school.Activity("songs", "north", "7a", "music");

        var night = await NightAsync();

        string[] expected = [Section("7a", "maths"), Section("7a", "music"), Section("7b", "maths")];
        Assert.Equal(expected.Order(StringComparer.Ordinal), await night.SectionsAsync("alva"));
        Assert.Equal((3, 3), (night.Run.Counts!.Sections, night.Run.Counts.Memberships));
    }

    [Fact]
    public async Task The_unit_of_an_activity_does_not_matter()
    {
        Arrange();
        _school.Syllabus("maths");
        _school.Group("7a", "north", "Undervisning", "alva");
        _school.Activity("sums", "closed", "7a", "maths");

        var night = await NightAsync();

        Assert.Equal([Section("7a", "maths")], await night.SectionsAsync("alva"));
    }

    [Fact]
    public async Task A_class_needs_no_syllabus_and_is_not_split_by_those_of_its_activities()
    {
        Arrange();
        _school.Syllabus("maths");
        _school.Syllabus("music");
        _school.Group("7a", "north", "Klass", "alva");
        _school.Activity("sums", "north", "7a", "maths");
        _school.Activity("songs", "north", "7a", "music");

        var night = await NightAsync();

        Assert.Equal([Ids.Of("7a")], await night.SectionsAsync("alva"));
    }

    [Fact]
    public async Task All_failing_rules_of_a_group_are_counted()
    {
        Arrange();
        var group = _school.Group("bad", "nowhere", "Undervisning");
        group["endDate"] = _school.Day(-100);
        group["schoolType"] = "GY";
        _school.Group("odd", "north", "Övrigt");

        var night = await azurite.Night(_school)
            .With("eligibility.schoolTypes", new JsonArray("GR"))
            .With("eligibility.selection", new JsonObject { ["groups"] = new JsonArray() })
            .Dry()
            .RunAsync();

        string[] expected = ["group.dates", "group.noSyllabus", "group.schoolType", "group.toLms", "group.type", "group.unit"];
        Assert.Equal(expected, night.Run.Exclusions!.Keys.Where(code => code.StartsWith("group.", StringComparison.Ordinal)));
        Assert.Equal(2, night.Excluded("group.toLms"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_group_without_a_name_keeps_its_id_as_name(string? name)
    {
        Arrange();
        _school.Group("7a", "north")["displayName"] = name;

        var night = await NightAsync();

        Assert.Equal([Ids.Of("7a")], (await night.AppleAsync()).Column("classes.csv", "class_number"));
        Assert.True(night.HasFinding("name.missing"));
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Unit("closed")["endDate"] = _school.Day(-100);
        _school.Student("alva", "north");
    }

    private static string Section(string group, string syllabus) => Uuid5.Of($"section|{Ids.Of(group)}|{Ids.Of(syllabus)}");

    private Task<NightResult> NightAsync() => azurite.Night(_school).Dry().RunAsync();
}
