using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class StudentTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task The_unit_of_a_placement_has_to_be_eligible()
    {
        _school.Unit("north");
        _school.Unit("closed")["endDate"] = _school.Day(-100);
        _school.Student("alva", "closed");
        _school.Student("bo", "unknown");
        _school.Student("cleo", "north")["enrolments"]![0]!.AsObject().Remove("enroledAt");

        var night = await NightAsync();

        Assert.Equal("no: placement.unit", await night.StudentAsync("alva"));
        Assert.Equal("no: placement.unit", await night.StudentAsync("bo"));
        Assert.Equal("no: placement.unit", await night.StudentAsync("cleo"));
        Assert.Equal(Ids.Of("closed"), (string?)(await night.ReasonAsync("alva", "student"))["entity"]);
        Assert.Equal(3, night.Excluded("placement.unit"));
    }

    [Fact]
    public async Task A_cancelled_enrolment_is_none()
    {
        _school.Unit("north");
        Enrolment(_school.Student("alva", "north"))["cancelled"] = true;
        Enrolment(_school.Student("bo", "north"))["cancelled"] = false;
        Enrolment(_school.Student("cleo", "north"))["cancelled"] = null;

        var night = await NightAsync();

        Assert.Equal("no: placement.cancelled", await night.StudentAsync("alva"));
        Assert.Equal(["bo", "cleo"], await night.StudentsAsync("alva", "bo", "cleo"));
    }

    [Fact]
    public async Task The_school_type_of_the_enrolment_has_to_be_on_the_list_also_at_a_unit_that_has_several()
    {
        _school.Unit("north")["schoolTypes"] = new JsonArray("GR", "FKLASS");
        _school.Student("alva", "north");
        _school.Student("bo", "north", 0, "FKLASS");
        Enrolment(_school.Student("cleo", "north")).Remove("schoolType");

        var night = await azurite.Night(_school).With("eligibility.schoolTypes", new JsonArray("GR")).Dry().RunAsync();

        Assert.Equal(
            ("yes", "no: placement.schoolType", "no: placement.schoolType"),
            (await night.StudentAsync("alva"), await night.StudentAsync("bo"), await night.StudentAsync("cleo")));
    }

    [Fact]
    public async Task A_placement_makes_a_student_too()
    {
        _school.Unit("preschool", schoolType: "FS");
        _school.Student("ebba", null);
        _school.Placement("ebba's", "ebba", "preschool");
        _school.Student("dag", null);
        _school.Placement("dag's", "dag", "preschool")["endDate"] = _school.Day(-100);

        var night = await NightAsync();

        Assert.Equal(("yes", "no: placement.dates"), (await night.StudentAsync("ebba"), await night.StudentAsync("dag")));
    }

    [Fact]
    public async Task One_placement_that_passes_is_enough_and_the_others_reasons_are_kept()
    {
        _school.Unit("north");
        var enrolments = _school.Student("alva", "north")["enrolments"]!.AsArray();
        enrolments.Add((JsonNode)Ended(_school.Enrolment("north")));
        enrolments.Add((JsonNode)Ended(_school.Enrolment("nowhere")));

        var night = await NightAsync();

        Assert.Equal("yes: placement.dates, placement.dates, placement.unit", await night.StudentAsync("alva"));
        Assert.Empty(night.Run.Exclusions!);
    }

    [Fact]
    public async Task Rules_that_fail_for_different_placements_do_not_make_one_that_passes()
    {
        _school.Unit("north");
        var enrolments = _school.Student("alva", "nowhere")["enrolments"]!.AsArray();
        enrolments.Add((JsonNode)Ended(_school.Enrolment("north")));

        var night = await NightAsync();

        Assert.Equal("no: placement.dates, placement.unit", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task Every_person_is_counted_once_per_code()
    {
        _school.Unit("north");
        _school.Student("alva", "nowhere")["enrolments"]!.AsArray().Add((JsonNode)_school.Enrolment("nowhere"));
        _school.Placement("alva's", "alva", "nowhere");

        var night = await NightAsync();

        Assert.Equal(1, night.Excluded("placement.unit"));
    }

    [Fact]
    public async Task Who_emigrated_is_no_student()
    {
        _school.Unit("north");
        _school.Student("alva", "north")["personStatus"] = "Utvandrad";

        var night = await NightAsync();

        Assert.Equal("no: person.abroad", await night.StudentAsync("alva"));
        Assert.Equal(Ids.Of("alva"), (string?)(await night.ReasonAsync("alva", "student"))["entity"]);
    }

    [Theory]
    [InlineData("Sverige")]
    [InlineData("SVERIGE")]
    [InlineData(" sweden ")]
    [InlineData("se")]
    [InlineData("Swe")]
    [InlineData("752")]
    [InlineData("Sverige (SE)")]
    [InlineData("Konungariket Sverige")]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData(null)]
    public async Task Sweden_is_written_in_many_ways(string? country)
    {
        _school.Unit("north");
        Address(_school.Student("alva", "north"))["country"] = country;

        var night = await NightAsync();

        Assert.Equal("yes", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task Who_is_registered_in_another_country_is_no_student()
    {
        _school.Unit("north");
        Address(_school.Student("norway", "north"))["country"] = "Norge";
        var untyped = Address(_school.Student("untyped", "north"));
        (untyped["type"], untyped["country"]) = (null, "Danmark");
        _school.Student("second", "north")["addresses"]!.AsArray().Add(new JsonObject { ["type"] = "Folkbokföring", ["country"] = "NO" });

        var night = await NightAsync();

        Assert.Equal("no: person.abroad", await night.StudentAsync("norway"));
        Assert.Equal("no: person.abroad", await night.StudentAsync("untyped"));
        Assert.Equal("no: person.abroad", await night.StudentAsync("second"));
    }

    [Fact]
    public async Task Other_addresses_than_the_registered_one_may_be_abroad()
    {
        _school.Unit("north");
        _school.Student("alva", "north")["addresses"]!.AsArray().Add(new JsonObject { ["type"] = "Postadress", ["country"] = "Danmark" });

        var night = await NightAsync();

        Assert.Equal("yes", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task Where_nobody_has_addresses_the_status_alone_decides_and_that_is_a_finding()
    {
        _school.Unit("north");
        _school.Student("alva", "north").Remove("addresses");
        var emigrated = _school.Student("bo", "north");
        emigrated["personStatus"] = "Utvandrad";
        emigrated["addresses"] = null;

        var night = await NightAsync();

        Assert.Equal(("yes", "no: person.abroad"), (await night.StudentAsync("alva"), await night.StudentAsync("bo")));
        Assert.True(night.HasFinding("addresses.absent"));
    }

    [Fact]
    public async Task The_dead_have_no_role()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Student("bo", "north")["personStatus"] = "Avliden";
        _school.Employee("hugo")["personStatus"] = "Avliden";
        _school.Duty("hugo's", "hugo", "north");
        _school.Guardian("gun", "alva")["personStatus"] = "Avliden";

        var night = await NightAsync();

        Assert.Equal("no: person.deceased", await night.StudentAsync("bo"));
        Assert.Equal("no: person.deceased", await night.StaffAsync("hugo"));
        Assert.Equal("no: person.deceased", await night.GuardianAsync("gun"));
        Assert.Equal(3, night.Excluded("person.deceased"));
    }

    [Fact]
    public async Task An_unknown_status_passes_with_a_finding()
    {
        _school.Unit("north");
        _school.Student("alva", "north")["personStatus"] = "Bortrest";
        _school.Student("bo", "north").Remove("personStatus");

        var night = await NightAsync();

        Assert.Equal(["alva", "bo"], await night.StudentsAsync("alva", "bo"));
        Assert.Equal([Ids.Of("alva")], night.Run.Findings.Single(finding => finding.Code == "value.unknown").Sample);
    }

    [Fact]
    public async Task All_failing_rules_are_told_not_only_the_first()
    {
        _school.Unit("north");
        var student = _school.Student("alva", "nowhere");
        student["personStatus"] = "Utvandrad";
        student["securityMarking"] = "Sekretessmarkering";
        Enrolment(student)["cancelled"] = true;
        Enrolment(student).Remove("startDate");

        var night = await NightAsync();

        Assert.Equal(
            "no: person.abroad, person.protected, placement.cancelled, placement.dates, placement.unit", await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task Who_is_nothing_at_all_has_no_roles_and_is_not_counted()
    {
        _school.Unit("north");
        _school.Employee("nobody");

        var night = await NightAsync();

        Assert.Empty((await night.ExplainAsJsonAsync("nobody"))["roles"]!.AsArray());
        Assert.Empty(night.Run.Exclusions!);
    }

    [Fact]
    public async Task Who_is_not_in_the_pull_is_unknown()
    {
        _school.Unit("north");
        _school.Student("alva", "north");

        var night = await NightAsync();

        Assert.Null(await night.ExplainAsync(Ids.Of("nobody")));
    }

    private Task<NightResult> NightAsync() => azurite.Night(_school).Dry().RunAsync();

    private JsonObject Ended(JsonObject enrolment)
    {
        enrolment["endDate"] = _school.Day(-60);
        return enrolment;
    }

    private static JsonObject Enrolment(JsonObject student) => student["enrolments"]![0]!.AsObject();

    private static JsonObject Address(JsonObject person) => person["addresses"]![0]!.AsObject();
}
