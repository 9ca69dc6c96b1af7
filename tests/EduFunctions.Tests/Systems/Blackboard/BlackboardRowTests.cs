using System.Text.Json.Nodes;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Who stands in the files, with what values; asked of Learn where it shows there.</summary>
[Collection(LearnTests.Name)]
public sealed class BlackboardRowTests(AzuriteFixture azurite) : IAsyncLifetime
{
    private LearnServer _learn = null!;
    private LearnNights _nights = null!;
    private SchoolBuilder _school = null!;

    public async Task InitializeAsync()
    {
        _learn = await LearnServer.StartAsync();
        _nights = new LearnNights(azurite, _learn);
        _school = new SchoolBuilder(Night.Today);
        _school.Unit("north");
    }

    public async Task DisposeAsync() => await _learn.DisposeAsync();

    [Fact]
    public async Task The_files_look_as_agreed()
    {
        (_nights.Settings["dataSourceKey"], _nights.Settings["observers"]) = ("SYSTEM", true);
        _school.Student("alva", "north");
        _school.Guardian("gun", "alva");
        _school.Employee("hugo");
        _school.Duty("hugo's", "hugo", "north");
        _school.Syllabus("maths");
        _school.Group("7a", "north", "Undervisning", "alva");
        _school.Activity("lessons", "north", "7a", "maths", "hugo's");

        var night = await _nights.NextAsync(_school);

        var section = _learn.State.Enabled("course").Single();
        Assert.Equal(
            Table(
                "external_person_key|user_id|firstname|lastname|email|institution_role|system_role|available_ind|row_status|data_source_key",
                $"{Ids.Of("alva")}|alva@id.example|Alva|Provhed|alva@elev.example|STUDENT|none|Y|enabled|SYSTEM",
                $"{Ids.Of("gun")}|gun@id.example|Gun|Provhed|gun@post.example|OBSERVER|observer|Y|enabled|SYSTEM",
                $"{Ids.Of("hugo")}|hugo@id.example|Hugo|Provhed|hugo@skola.example|FACULTY|none|Y|enabled|SYSTEM"),
            await night.FileAsync("person.txt"));
        Assert.Equal(
            $"external_course_key|course_id|course_name|available_ind|row_status|data_source_key\n{section}|{section}|7a Matematik|Y|enabled|SYSTEM\n",
            await night.FileAsync("course.txt"));
        Assert.Equal(
            Table(
                "external_course_key|external_person_key|role|available_ind|row_status|data_source_key",
                $"{section}|{Ids.Of("alva")}|Student|Y|enabled|SYSTEM",
                $"{section}|{Ids.Of("hugo")}|Instructor|Y|enabled|SYSTEM"),
            await night.FileAsync("membership.txt"));
        Assert.Equal(
            $"external_observer_key|external_user_key|row_status|data_source_key\n{Ids.Of("gun")}|{Ids.Of("alva")}|enabled|SYSTEM\n",
            await night.FileAsync("associateobserver.txt"));
        Assert.Equal(["person.txt", "course.txt", "membership.txt", "associateobserver.txt"], night.Run.Feeds[0].Files.Select(file => file.Name));
    }

    [Fact]
    public async Task Values_are_cleaned_of_what_Learn_might_misread()
    {
        var alva = _school.Student("alva", "north");
        (alva["givenName"], alva["familyName"]) = (" \"Al|va\"\t*\u00A0 Åsa ", "Prov\u0007\u2003hed");

        await _nights.NextAsync(_school);

        Assert.Equal(("Alva Åsa", "Prov hed"), (_nights.Person("alva")["firstname"], _nights.Person("alva")["lastname"]));
    }

    [Theory]
    [InlineData(",", false)]
    [InlineData("\t", true)]
    public async Task Delimiter_and_byte_order_mark_are_those_of_the_integration(string delimiter, bool hasMark)
    {
        await using var learn = await LearnServer.StartAsync(new LearnIntegration { Delimiter = delimiter[0] });
        var nights = new LearnNights(azurite, learn) { Settings = { ["delimiter"] = delimiter, ["byteOrderMark"] = hasMark } };
        _school.Student("alva", "north")["givenName"] = "Al,va";
        _school.Student("bo", "north");

        await nights.NextAsync(_school);
        Remove("bo");
        await nights.NextAsync(_school);

        Assert.Equal(delimiter == "," ? "Alva" : "Al,va", nights.Person("alva")["firstname"]);
        nights.AssertHolds("person", "alva");
        Assert.Equal(hasMark, learn.Posts[0].Text[0] == '\uFEFF');
    }

    [Fact]
    public async Task A_change_of_delimiter_loses_nobody()
    {
        _school.Student("alva", "north");
        _school.Student("bo", "north")["givenName"] = "Bo:Bo";
        await _nights.NextAsync(_school);
        _nights.Settings["delimiter"] = ":";
        Remove("bo");

        var night = await _nights.NextAsync(_school);

        Assert.Contains($"{Ids.Of("bo")}:{Ids.Of("bo")}:BoBo:Provhed:bo@elev.example:STUDENT:none:Y:disabled\n", await night.FileAsync("person.txt"));
    }

    [Theory]
    [InlineData("email", "alva@elev.example")]
    [InlineData("id", null)]
    [InlineData("eduPersonPrincipalName", "alva@id.example")]
    public async Task The_login_name_is_chosen(string setting, string? userId)
    {
        _nights.Settings["userId"] = setting;
        _school.Student("alva", "north");

        await _nights.NextAsync(_school);

        Assert.Equal(userId ?? Ids.Of("alva"), _nights.Person("alva")["user_id"]);
    }

    [Fact]
    public async Task Who_cannot_stand_in_the_file_is_a_finding_and_takes_memberships_along()
    {
        _school.Student("alva", "north");
        _school.Student("bo", "north").Remove("familyName");
        _school.Student("cleo", "north").Remove("eduPersonPrincipalNames");
        _school.Student("dag", "north")["eduPersonPrincipalNames"] = new JsonArray(new string('x', 51));
        _school.Student("ebba", "north")["givenName"] = new string('å', 101);
        _school.Student("frej", "north")["emails"]![0]!["value"] = $"{new string('x', 90)}@post.example";
        _school.Group("7a", "north", "Klass", "alva", "bo", "cleo", "dag", "ebba", "frej");
        _school.Group("7b", "north")["displayName"] = new string('x', 256);

        var night = await _nights.NextAsync(_school);

        _nights.AssertHolds("person", "alva", "frej");
        _nights.AssertHolds("membership", "7a|alva", "7a|frej");
        _nights.AssertHolds("course", "7a");
        Assert.Equal("", _nights.Person("frej")["email"]);
        Assert.Equal(
            [("blackboard.emailTooLong", 1), ("blackboard.nameMissing", 1), ("blackboard.tooLong", 3), ("blackboard.userIdMissing", 1)],
            night.Run.Findings.Where(finding => finding.Code.StartsWith("blackboard.", StringComparison.Ordinal)).Select(finding => (finding.Code, finding.Count)));
    }

    [Theory]
    [InlineData("store")]
    [InlineData("refresh")]
    public async Task Of_two_with_one_login_name_the_first_has_it_and_keeps_it(string operation)
    {
        _nights.Settings["operation"] = operation;
        var labels = new[] { "alva", "bo" }.OrderBy(Ids.Of, StringComparer.Ordinal).ToArray();
        _school.Student(labels[1], "north")["eduPersonPrincipalNames"] = new JsonArray("same@id.example");
        await _nights.NextAsync(_school);
        _school.Student(labels[0], "north")["eduPersonPrincipalNames"] = new JsonArray("same@id.example");

        var night = await _nights.NextAsync(_school);
        var fresh = new LearnNights(azurite, _learn);
        var first = await fresh.Next(_school).Dry().RunAsync();

        _nights.AssertHolds("person", labels[1]);
        Assert.Contains(night.Run.Findings, finding => finding is { Code: "blackboard.userIdTaken", Count: 1 });
        Assert.Contains($"{Ids.Of(labels[0])}|same@id.example", await first.FileAsync("person.txt"));
        Assert.False((await night.ExplainAsync(Ids.Of(labels[0])))!.Feeds[TenantJson.LearnFeed].Included);
    }

    [Fact]
    public async Task One_row_per_person_staff_before_student_before_guardian()
    {
        _nights.Settings["observers"] = true;
        var hugo = _school.Student("hugo", "north");
        hugo["emails"]!.AsArray().Add((JsonNode)new JsonObject { ["value"] = "hugo@skola.example", ["type"] = "Skola personal" });
        _school.Duty("hugo's", "hugo", "north", "Rektor");
        _school.Student("alva", "north");
        _school.Responsible("alva", "hugo");
        _school.Guardian("gun", "alva", "hugo");

        var night = await _nights.NextAsync(_school);

        Assert.Equal(("STAFF", "none", "hugo@skola.example"), (_nights.Person("hugo")["institution_role"], _nights.Person("hugo")["system_role"], _nights.Person("hugo")["email"]));
        _nights.AssertHolds("associateobserver", "gun|alva");
        Assert.Equal(["blackboard.observedRole", "blackboard.observerRole"], night.Run.Findings.Select(finding => finding.Code).Where(code => code.Contains(".observe")));
    }

    [Fact]
    public async Task Further_roles_come_from_duties_school_types_and_units()
    {
        _learn.State.InstitutionRoles.UnionWith(["principals", "upper", "north"]);
        _nights.Settings["secondaryRoles"] = new JsonObject
        {
            ["dutyRole:Rektor"] = new JsonArray("principals"),
            ["schoolType:GY"] = new JsonArray("upper"),
            [$"unit:{Ids.Of("north")}"] = new JsonArray("north"),
        };
        _school.Unit("south", schoolType: "GY");
        _school.Student("alva", "south", 1, "GY");
        _school.Student("bo", "north");
        _school.Employee("hugo");
        _school.Duty("hugo's", "hugo", "north", "Rektor");

        await _nights.NextAsync(_school);
        var roles = _learn.State.Enabled("secondaryinstrole");
        _nights.Settings.Remove("secondaryRoles");
        var held = await _nights.NextAsync(_school);
        var stay = _learn.State.Enabled("secondaryinstrole");
        await _nights.Next(_school).ApproveAllAsync(held.Run.Run);

        Assert.Equal(Sorted($"{Ids.Of("alva")}|upper", $"{Ids.Of("bo")}|north", $"{Ids.Of("hugo")}|north", $"{Ids.Of("hugo")}|principals"), roles);
        Assert.Equal(
            ["secondaryRoles.dutyRole:Rektor 1", "secondaryRoles.schoolType:GY 1", $"secondaryRoles.unit:{Ids.Of("north")} 2"],
            held.Run.Feeds[0].Holds.Select(hold => $"{hold.Setting} {hold.Count}").Order(StringComparer.Ordinal));
        Assert.Equal(roles, stay);
        Assert.Empty(_learn.State.Enabled("secondaryinstrole"));
    }

    [Fact]
    public async Task Who_has_not_begun_yet_cannot_log_in()
    {
        _nights.Settings["availability"] = "fromStartDay";
        _school.Student("alva", "north")["enrolments"]![0]!["startDate"] = _school.Day(5);
        _school.Student("bo", "north");

        await _nights.NextAsync(_school);
        var early = _nights.Person("alva")["available_ind"];
        await _nights.Next(_school).On(Night.Today.AddDays(5)).RunAsync();

        Assert.Equal(("N", "Y", "Y"), (early, _nights.Person("alva")["available_ind"], _nights.Person("bo")["available_ind"]));
    }

    [Fact]
    public async Task A_first_password_goes_to_new_people_only()
    {
        _nights.Settings["initialPassword"] = new JsonObject { ["secret"] = "test-first" };
        _school.Student("alva", "north");
        await _nights.Next(_school).Setting("Secrets:test-first", "first-password").RunAsync();
        _learn.State.Put(_nights.Person("alva") with { Values = new Dictionary<string, string>(_nights.Person("alva").Values) { ["passwd"] = "changed" } });
        _school.Student("bo", "north");

        var night = await _nights.Next(_school).Setting("Secrets:test-first", "first-password").RunAsync();

        Assert.Equal(("changed", "first-password"), (_nights.Person("alva")["passwd"], _nights.Person("bo")["passwd"]));
        Assert.Equal(["person.new.txt", "person.txt"], night.Run.Feeds[0].Files.Select(file => file.Name));
        Assert.DoesNotContain("first-password", string.Join('\n', night.LogLines) + await night.FileAsync("person.txt"));
    }

    [Fact]
    public async Task Types_of_group_and_names_of_courses_are_chosen()
    {
        (_nights.Settings["groupTypes"], _nights.Settings["courseName"]) = (new JsonArray("Mentor"), "{school}: {group} {syllabus}");
        _school.Student("alva", "north");
        _school.Group("7a", "north");
        _school.Group("mentors", "north", "Mentor");

        await _nights.NextAsync(_school);

        _nights.AssertHolds("course", "mentors");
        Assert.Equal("North: Mentors", _nights.Record("course", "mentors")["course_name"]);
    }

    private static string Table(string header, params string[] rows) => string.Join('\n', [header, .. Sorted(rows), ""]);

    private void Remove(string person)
    {
        var persons = _school.Data[Collections.Persons];
        persons.Remove(persons.Single(row => (string?)row["id"] == Ids.Of(person)));
    }

    private static IEnumerable<string> Sorted(params string[] rows) => rows.Order(StringComparer.Ordinal);
}
