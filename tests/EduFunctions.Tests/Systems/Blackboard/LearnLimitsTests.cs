using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Systems.Blackboard;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Oracle;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Ids as Learn takes them: what it would refuse is left out, or goes by another id, and keeps nobody else in.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class LearnLimitsTests
{
    private readonly SchoolBuilder _school = new(Night.Today);

    public LearnLimitsTests()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("bo", "north");
    }

    [Theory]
    [InlineData("2a / Ærø")]
    [InlineData("1.b&c")]
    [InlineData("3'4")]
    [InlineData("4+")]
    public async Task A_group_id_that_Learn_forbids_becomes_another_course_id(string id)
    {
        Group("group", id, "alva");

        using var night = await PaperNight.RunAsync(_school.Data, PaperFeeds.Learn());

        var course = night.Text("course.txt").Split('\n')[1].Split('|');
        Assert.Empty(night.Errors);
        Assert.Equal(id, course[0]);
        Assert.Equal(Uuid5.Of($"course_id|{id}"), course[1]);
        Assert.Contains($"\n{id}|{Ids.Of("alva")}|Student|", night.Text("membership.txt"));
    }

    [Fact]
    public async Task Group_ids_that_differ_in_case_only_are_two_courses()
    {
        Group("upper", "3A", "alva");
        Group("lower", "3a", "bo");

        using var night = await PaperNight.RunAsync(_school.Data, PaperFeeds.Learn());

        Assert.Empty(night.Errors);
        Assert.Equal([("3A", "3A"), ("3a", Uuid5.Of("course_id|3a"))], night.Text("course.txt").Split('\n')[1..3].Select(row => (row.Split('|')[0], row.Split('|')[1])));
    }

    [Theory]
    [InlineData("eduPersonPrincipalName")]
    [InlineData("id")]
    public async Task User_ids_that_differ_in_case_only_are_one(string userId)
    {
        Named("upper", "Cleo-1", "cleo@id.example");
        Named("lower", "cleo-1", "CLEO@id.example");

        using var night = await PaperNight.RunAsync(_school.Data, PaperFeeds.Learn(new JsonObject { ["userId"] = userId }));

        Assert.Empty(night.Errors);
        Assert.Equal(["cleo-1"], night.Found("blackboard.userIdTaken"));
        Assert.Contains("\nCleo-1|", night.Text("person.txt"));
        Assert.DoesNotContain("\ncleo-1|", night.Text("person.txt"));
    }

    [Fact]
    public async Task A_user_id_that_is_too_long_costs_one_person()
    {
        Named("long", new string('x', 51), "long@id.example");

        using var night = await PaperNight.RunAsync(_school.Data, PaperFeeds.Learn(new JsonObject { ["userId"] = "id" }));

        Assert.Empty(night.Errors);
        Assert.Equal([new string('x', 51)], night.Found("blackboard.tooLong"));
        Assert.True(night.Has("alva"));
    }

    [Fact]
    public async Task Danish_ids_that_are_too_long_cost_one_group_and_one_person()
    {
        var (group, login) = (new string('g', 120), new string('p', 60));
        var school = new DanishInstitution("999001", "Skolen") { Groups = { new DanishGroup("7A", "Hovedgruppe") { Name = "7.A" }, new DanishGroup(group, "Hold") { Name = "Hold" } } };
        school.Imports.Add(new DanishImport("DEMO-SIS", "2026-2027"));
        school.Members.AddRange([Pupil("elev0001", "7A", group), Pupil(login, "7A")]);
        var roster = await NightInMemory.RosterAsync(
            new Dictionary<string, byte[]> { ["999001"] = new ExportDocument(school, new ExportFormat(7, ExportPackage.Fuld)).Answer() }, "xml.gz", UniloginRules.Book, UniloginReader.ReadAsync);
        var (feed, settings) = (new BlackboardFeed(), new BlackboardSettings { UserId = "id", CourseName = "{group}" });
        using var nothing = new KnownFiles();
        using var files = new FeedFiles();

        var selection = feed.Choose(roster, settings, Holders.None);
        feed.Render(new FeedInput(roster, selection, settings, nothing, Night.Today), files);

        Assert.Empty(feed.Check(files, settings));
        Assert.StartsWith("999001-7A|999001-7A|", new StreamReader(files.Open("course.txt")).ReadToEnd().Split('\n')[1]);
        Assert.Equal([login], Sample(selection, "blackboard.tooLong"));
        Assert.Equal(["course.txt", "membership.txt", "person.txt"], files.Names.Order(StringComparer.Ordinal));
        Assert.Contains("elev0001|elev0001|", new StreamReader(files.Open("person.txt")).ReadToEnd());
    }

    [Theory]
    [InlineData("person.txt", "a|ALVA@id.example|Alva|Prov||STUDENT|none|Y|enabled\nb|alva@id.example|Bo|Prov||STUDENT|none|Y|enabled", "user_id: must be unique")]
    [InlineData("person.txt", "a|a@id.example|=1+1|Prov||STUDENT|none|Y|enabled", "firstname: begins like a formula")]
    [InlineData("course.txt", "a|3 A|Maths|Y|enabled", "course_id: must have no space")]
    [InlineData("course.txt", "a|3A|Maths|Y|enabled\nb|3a|Maths|Y|enabled", "course_id: must be unique")]
    public void The_check_knows_the_same_limits(string file, string rows, string error)
    {
        var header = file == "person.txt"
            ? "external_person_key|user_id|firstname|lastname|email|institution_role|system_role|available_ind|row_status"
            : "external_course_key|course_id|course_name|available_ind|row_status";
        using var files = new FeedFiles();
        files.Create(file).Write(System.Text.Encoding.UTF8.GetBytes($"{header}\n{rows}\n"));

        Assert.Contains(new BlackboardFeed().Check(files, new BlackboardSettings()), found => found.ToString().Contains(error, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(64, true)]
    [InlineData(65, false)]
    public void A_key_has_64_characters_at_most(int length, bool isTaken)
    {
        Assert.True(TextIds.TryAdd(System.Text.Encoding.UTF8.GetBytes(new string('k', length)), out var id));

        Assert.Equal(isTaken, LearnLimits.TakesKey(id, (byte)'|'));
    }

    private static DanishMember Pupil(string login, params string[] groups) =>
        new(new DanishPerson(login, "Alva", "Prov")) { Student = new DanishStudent("7", groups[0]) { Groups = [.. groups[1..]] } };

    private static IEnumerable<string> Sample(FeedSelection selection, string code) =>
        selection.Findings.Summarise(_ => true).Where(finding => finding.Code == code).SelectMany(finding => finding.Sample);

    private void Group(string label, string id, string member) => _school.Group(label, "north", "Klass", member)["id"] = id;

    private void Named(string label, string id, string login)
    {
        var person = _school.Student(label, "north");
        (person["id"], person["eduPersonPrincipalNames"]) = (id, new JsonArray(login));
    }
}
