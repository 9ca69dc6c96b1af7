using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class StaffTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task A_duty_has_to_be_at_an_eligible_unit()
    {
        Arrange();
        Employ("hugo", "north");
        Employ("ines", "closed");
        Employ("jon", "nowhere");
        _school.Employee("kaj");
        _school.Duty("kaj's", "kaj", "north").Remove("dutyAt");

        var night = await NightAsync();

        Assert.Equal("yes", await night.StaffAsync("hugo"));
        Assert.Equal("no: duty.unit", await night.StaffAsync("ines"));
        Assert.Equal("no: duty.unit", await night.StaffAsync("jon"));
        Assert.Equal("no: duty.unit", await night.StaffAsync("kaj"));
        Assert.Equal(Ids.Of("closed"), (string?)(await night.ReasonAsync("ines", "staff"))["entity"]);
    }

    [Fact]
    public async Task A_duty_has_to_be_in_the_strict_window()
    {
        Arrange();
        Employ("hugo", "north").Remove("startDate");
        Employ("ines", "north")["endDate"] = _school.Day(-14);
        Employ("jon", "north")["startDate"] = _school.Day(13);

        var night = await NightAsync();

        Assert.Equal("no: duty.dates", await night.StaffAsync("hugo"));
        Assert.Equal("no: duty.dates", await night.StaffAsync("ines"));
        Assert.Equal("yes", await night.StaffAsync("jon"));
        Assert.Equal(("2026-05-11", "2026-08-31"), await WindowOfAsync(night, "ines"));
    }

    [Fact]
    public async Task One_duty_that_passes_is_enough_and_the_others_reasons_are_kept()
    {
        Arrange();
        Employ("hugo", "closed");
        _school.Duty("second", "hugo", "north");

        var night = await NightAsync();

        Assert.Equal("yes: duty.unit", await night.StaffAsync("hugo"));
        Assert.Equal([Ids.Of("north")], (await night.AppleAsync()).Column("staff.csv", "location_id"));
    }

    [Fact]
    public async Task A_duty_at_a_parent_counts_only_when_the_tenant_says_so()
    {
        Arrange();
        Employ("jon", "school");
        Employ("kaj", "town");
        Employ("liv", "other school");

        var without = await NightAsync();
        var with = await azurite.Night(_school).With("eligibility.dutiesAtParents", true).Dry().RunAsync();

        Assert.Equal("no: duty.unit", await without.StaffAsync("jon"));
        Assert.Equal(("yes", "yes"), (await with.StaffAsync("jon"), await with.StaffAsync("kaj")));
        Assert.Equal("no: duty.unit", await with.StaffAsync("liv"));
    }

    [Fact]
    public async Task A_duty_at_a_parent_counts_at_every_eligible_unit_below()
    {
        Arrange();
        Employ("kaj", "town");

        var night = await azurite.Night(_school).With("eligibility.dutiesAtParents", true).Dry().RunAsync();

        var row = Assert.Single((await night.AppleAsync()).Rows("staff.csv"));
        string[] expected = [.. new[] { Ids.Of("north"), Ids.Of("south") }.Order(StringComparer.Ordinal)];
        Assert.Equal(expected, new[] { row["location_id"], row["location_id_2"] });
    }

    [Fact]
    public async Task A_duty_at_an_eligible_unit_that_has_units_below_counts_at_all_of_them()
    {
        Arrange();
        _school.Unit("annex", "north");
        Employ("hugo", "north");

        var night = await azurite.Night(_school).With("eligibility.dutiesAtParents", true).Dry().RunAsync();

        var row = Assert.Single((await night.AppleAsync()).Rows("staff.csv"));
        string[] expected = [.. new[] { Ids.Of("north"), Ids.Of("annex") }.Order(StringComparer.Ordinal)];
        Assert.Equal(expected, new[] { row["location_id"], row["location_id_2"] });
    }

    [Fact]
    public async Task Staff_may_live_abroad()
    {
        Arrange();
        Employ("hugo", "north");
        var hugo = _school.Data[Collections.Persons].Single(person => (string?)person["id"] == Ids.Of("hugo"));
        hugo["personStatus"] = "Utvandrad";
        hugo["addresses"]![0]!["country"] = "Danmark";

        var night = await NightAsync();

        Assert.Equal("yes", await night.StaffAsync("hugo"));
    }

    [Fact]
    public async Task A_duty_without_a_person_and_one_of_an_unknown_person_make_nobody()
    {
        Arrange();
        Employ("hugo", "north");
        _school.Duty("vacant", "hugo", "north").Remove("person");
        _school.Duty("lost", "nobody", "north");

        var night = await NightAsync();

        Assert.Equal((1, 1), (night.Run.Counts!.Staff, night.Run.Pull!["persons"].Dangling));
        Assert.True(night.HasFinding("reference.dangling"));
    }

    [Fact]
    public async Task A_person_can_be_student_staff_and_guardian_at_once()
    {
        Arrange();
        _school.Student("bo", "north");
        _school.Student("alva", "north");
        _school.Duty("alva's", "alva", "north");
        _school.Responsible("bo", "alva");

        var night = await NightAsync();

        Assert.Equal(
            ("yes", "yes", "yes"),
            (await night.StudentAsync("alva"), await night.StaffAsync("alva"), await night.GuardianAsync("alva")));
    }

    [Fact]
    public async Task Each_role_is_decided_on_its_own()
    {
        Arrange();
        _school.Student("bo", "closed");
        _school.Student("alva", "closed");
        _school.Duty("alva's", "alva", "north");
        _school.Responsible("bo", "alva");

        var night = await NightAsync();

        Assert.Equal(
            ("no: placement.unit", "yes", "no: guardian.noStudent"),
            (await night.StudentAsync("alva"), await night.StaffAsync("alva"), await night.GuardianAsync("alva")));
    }

    private void Arrange()
    {
        _school.Unit("town", type: "Huvudman");
        _school.Unit("school", "town", type: "Skola");
        _school.Unit("north", "school");
        _school.Unit("south", "town");
        _school.Unit("closed", "school")["endDate"] = _school.Day(-100);
        _school.Unit("other school", type: "Skola");
    }

    private JsonObject Employ(string label, string unit)
    {
        _school.Employee(label);
        return _school.Duty($"{label}'s", label, unit);
    }

    private Task<NightResult> NightAsync() => azurite.Night(_school).Dry().RunAsync();

    private static async Task<(string? From, string? Until)> WindowOfAsync(NightResult night, string label)
    {
        var reason = await night.ReasonAsync(label, "staff");
        return ((string?)reason["eligibleFrom"], (string?)reason["eligibleUntil"]);
    }
}
