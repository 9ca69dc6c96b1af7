using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Oracle;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

/// <summary>Who learns and who teaches in a section.</summary>
[Collection(AzuriteTests.Name)]
public sealed class SectionTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task Only_eligible_students_are_members()
    {
        Arrange();
        _school.Student("gone", "nowhere");
        _school.Group("7a", "north", "Klass", "alva", "gone", "hugo", "nobody", "alva");

        var night = await NightAsync();

        Assert.Equal(["alva"], await night.MembersAsync("7a", "alva", "gone", "hugo", "nobody"));
        Assert.Equal(1, night.Run.Counts!.Memberships);
    }

    [Fact]
    public async Task Members_of_a_staff_group_are_staff()
    {
        Arrange();
        _school.Group("team", "north", "Personalgrupp", "alva", "hugo");

        var night = await NightAsync();

        Assert.Equal([Ids.Of("team")], await night.SectionsAsync("hugo"));
        Assert.Empty(await night.SectionsAsync("alva"));
        Assert.Empty((await night.AppleAsync()).Rows("rosters.csv"));
    }

    [Fact]
    public async Task A_placement_in_a_group_is_a_membership_within_its_dates()
    {
        string[] children = ["running", "ended", "ending", "undated"];
        Arrange();
        foreach (var child in children)
        {
            _school.Student(child, "north");
        }

        _school.Group("ants", "north", "Avdelning");
        _school.Placement("p1", "running", "north", "ants");
        _school.Placement("p2", "ended", "north", "ants")["endDate"] = _school.Day(-14);
        _school.Placement("p3", "ending", "north", "ants")["endDate"] = _school.Day(-13);
        _school.Placement("p4", "undated", "north", "ants").Remove("startDate");

        var night = await NightAsync();

        Assert.Equal(["running", "ending"], await night.MembersAsync("ants", children));
    }

    [Fact]
    public async Task A_placement_in_a_group_asks_nothing_but_its_dates_and_an_eligible_child()
    {
        Arrange();
        _school.Student("gone", null);
        _school.Group("ants", "north", "Avdelning");
        _school.Placement("p1", "alva", "nowhere", "ants");
        _school.Placement("p2", "gone", "nowhere", "ants");

        var night = await NightAsync();

        Assert.Equal(["alva"], await night.MembersAsync("ants", "alva", "gone"));
    }

    [Fact]
    public async Task Who_is_placed_in_a_group_and_named_by_it_is_a_member_once()
    {
        Arrange();
        _school.Group("ants", "north", "Avdelning", "alva");
        _school.Placement("p1", "alva", "north", "ants");

        var night = await NightAsync();

        Assert.Equal(1, night.Run.Counts!.Memberships);
    }

    [Fact]
    public async Task Teachers_of_a_section_are_those_of_the_activities_of_its_group_and_syllabus()
    {
        Arrange();
        _school.Syllabus("maths");
        _school.Syllabus("music");
        _school.Group("group", "north", "Undervisning", "alva");
        _school.Activity("sums", "north", "group", "maths", "hugo's");
        _school.Activity("songs", "north", "group", "music", "ines's");
        _school.Activity("talk", "north", "group", null, "jon's");

        var night = await NightAsync();

        Assert.Equal([Section("maths")], await night.SectionsAsync("hugo"));
        Assert.Equal([Section("music")], await night.SectionsAsync("ines"));
        Assert.Empty(await night.SectionsAsync("jon"));
    }

    [Fact]
    public async Task Teachers_of_a_class_are_those_of_all_running_activities_that_name_it()
    {
        Arrange();
        _school.Syllabus("maths");
        _school.Group("7a", "north");
        _school.Activity("sums", "north", "7a", "maths", "hugo's");
        _school.Activity("talk", "north", "7a", null, "ines's");
        _school.Activity("former", "north", "7a", null, "jon's")["endDate"] = _school.Day(-14);

        var night = await NightAsync();

        Assert.Equal(["hugo", "ines"], await night.InstructorsAsync("7a", "hugo", "ines", "jon"));
    }

    [Fact]
    public async Task The_entry_of_a_teacher_has_an_open_window_of_its_own()
    {
        Arrange();
        _school.Group("7a", "north");
        var teachers = _school.Activity("talk", "north", "7a", null, "hugo's", "ines's", "jon's")["teachers"]!;
        teachers[0]!["endDate"] = _school.Day(-14);
        teachers[1]!["startDate"] = _school.Day(13);
        teachers[2]!["startDate"] = _school.Day(14);

        var night = await NightAsync();

        Assert.Equal(["ines"], await night.InstructorsAsync("7a", "hugo", "ines", "jon"));
    }

    [Fact]
    public async Task A_teacher_needs_a_duty_that_passes_and_to_be_eligible_staff()
    {
        Arrange();
        _school.Group("7a", "north");
        _school.Duty("ended", "hugo", "north")["endDate"] = _school.Day(-100);
        _school.Duty("elsewhere", "ines", "nowhere");
        _school.Employee("dead")["personStatus"] = "Avliden";
        _school.Duty("dead's", "dead", "north");
        _school.Activity("talk", "north", "7a", null, "ended", "elsewhere", "dead's", "unknown", "jon's");

        var night = await NightAsync();

        Assert.Equal(["jon"], await night.InstructorsAsync("7a", "hugo", "ines", "dead", "jon"));
    }

    [Theory]
    [InlineData("Klass", true)]
    [InlineData("Mentor", true)]
    [InlineData("Avdelning", false)]
    [InlineData("Personalgrupp", false)]
    public async Task Mentors_teach_classes_and_mentor_groups(string type, bool isInstructor)
    {
        Arrange();
        _school.Group("group", "north", type);
        Assign("hugo's", "group");

        var night = await NightAsync();

        Assert.Equal(isInstructor ? ["hugo"] : [], await night.InstructorsAsync("group", "hugo"));
    }

    [Fact]
    public async Task Mentors_do_not_teach_teaching_groups()
    {
        Arrange();
        _school.Syllabus("maths");
        _school.Group("group", "north", "Undervisning");
        _school.Activity("sums", "north", "group", "maths");
        Assign("hugo's", "group");

        var night = await NightAsync();

        Assert.Empty(await night.SectionsAsync("hugo"));
    }

    [Fact]
    public async Task Only_the_role_of_mentor_makes_a_mentor_and_only_in_its_open_window()
    {
        Arrange();
        _school.Group("7a", "north");
        Assign("hugo's", "7a", "Specialpedagog");
        Assign("ines's", "7a")["endDate"] = _school.Day(-14);
        Assign("jon's", "7a")["endDate"] = _school.Day(-13);

        var night = await NightAsync();

        Assert.Equal(["jon"], await night.InstructorsAsync("7a", "hugo", "ines", "jon"));
    }

    [Fact]
    public async Task A_mentor_needs_a_duty_that_passes()
    {
        Arrange();
        _school.Group("7a", "north");
        _school.Duty("elsewhere", "hugo", "nowhere");
        Assign("elsewhere", "7a");

        var night = await NightAsync();

        Assert.Empty(await night.InstructorsAsync("7a", "hugo"));
    }

    [Fact]
    public async Task A_staff_group_has_the_teachers_of_its_activities()
    {
        Arrange();
        _school.Group("team", "north", "Personalgrupp");
        _school.Activity("meeting", "north", "team", null, "hugo's");

        var night = await NightAsync();

        Assert.Equal(["hugo"], await night.InstructorsAsync("team", "hugo", "ines"));
    }

    private void Arrange()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        foreach (var person in new[] { "hugo", "ines", "jon" })
        {
            _school.Employee(person);
            _school.Duty($"{person}'s", person, "north");
        }
    }

    private JsonObject Assign(string duty, string group, string type = "Mentor")
    {
        var role = new JsonObject { ["group"] = SchoolBuilder.Reference(group), ["assignmentRoleType"] = type };
        _school.Data[Collections.Duties].Single(row => (string?)row["id"] == Ids.Of(duty))["assignmentRole"] = new JsonArray(role);
        return role;
    }

    private static string Section(string syllabus) => Uuid5.Of($"section|{Ids.Of("group")}|{Ids.Of(syllabus)}");

    private Task<NightResult> NightAsync() => azurite.Night(_school)
        .WithApple("groupTypes", new JsonArray("Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp"))
        .Dry()
        .RunAsync();
}
