using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class DateWindowTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    public static TheoryData<int> Margins => [0, 1, 14, 30];

    [Theory]
    [MemberData(nameof(Margins))]
    public async Task A_start_counts_before_today_plus_the_margin_and_not_on_that_day(int margin)
    {
        _school.Unit("north");
        Student("in", start: _school.Day(margin - 1));
        Student("out", start: _school.Day(margin));

        var night = await azurite.Night(_school).With("eligibility.dateMarginDays", margin).Dry().RunAsync();

        Assert.Equal(("yes", "no: placement.dates"), (await night.StudentAsync("in"), await night.StudentAsync("out")));
    }

    [Theory]
    [MemberData(nameof(Margins))]
    public async Task An_end_counts_after_today_less_the_margin_and_not_on_that_day(int margin)
    {
        _school.Unit("north");
        Student("in", _school.Day(-500), _school.Day(1 - margin));
        Student("out", _school.Day(-500), _school.Day(-margin));

        var night = await azurite.Night(_school).With("eligibility.dateMarginDays", margin).Dry().RunAsync();

        Assert.Equal(("yes", "no: placement.dates"), (await night.StudentAsync("in"), await night.StudentAsync("out")));
    }

    [Fact]
    public async Task The_margin_is_14_days_unless_the_tenant_says_otherwise()
    {
        _school.Unit("north");
        Student("in", start: _school.Day(13));
        Student("out", start: _school.Day(14));

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal(["in"], await night.StudentsAsync("in", "out"));
    }

    [Fact]
    public async Task The_strict_window_needs_a_start_and_null_is_none()
    {
        _school.Unit("north");
        Student("absent", start: null).Remove("startDate");
        Student("null", start: null);
        Student("there", start: _school.Day(-1));

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal(["there"], await night.StudentsAsync("absent", "null", "there"));
    }

    [Theory]
    [InlineData("2026-02-30")]
    [InlineData("2024-13-45")]
    [InlineData("snart")]
    [InlineData("")]
    public async Task A_value_that_is_no_date_fails_its_window_and_is_a_finding(string value)
    {
        _school.Unit("north");
        Student("start", start: value);
        Student("end", start: _school.Day(-10), end: value);
        Student("fine", start: _school.Day(-10));
        _school.Group("7a", "north", "Klass", "fine", "fine");
        Membership("7a", 0)["startDate"] = value;
        Membership("7a", 1)["endDate"] = value;

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal(("no: placement.dates", "no: placement.dates"), (await night.StudentAsync("start"), await night.StudentAsync("end")));
        Assert.Empty(await night.SectionsAsync("fine"));
        Assert.True(night.HasFinding("date.invalid"));
    }

    [Fact]
    public async Task The_open_window_lets_an_absent_start_pass_and_keeps_both_limits()
    {
        string[] members = ["undated", "early", "late", "ended", "ending"];
        _school.Unit("north");
        foreach (var member in members)
        {
            _school.Student(member, "north");
        }

        _school.Group("7a", "north", "Klass", members);
        Membership("7a", 1)["startDate"] = _school.Day(13);
        Membership("7a", 2)["startDate"] = _school.Day(14);
        Membership("7a", 3)["endDate"] = _school.Day(-14);
        Membership("7a", 4)["endDate"] = _school.Day(-13);

        var night = await azurite.Night(_school).Dry().RunAsync();

        Assert.Equal(["undated", "early", "ending"], await night.MembersAsync("7a", members));
    }

    [Fact]
    public async Task Explain_tells_the_first_day_on_which_the_window_opens()
    {
        _school.Unit("north");
        Student("alva", start: "2026-12-20");

        var night = await azurite.Night(_school).Dry().RunAsync();

        var reason = await night.ReasonAsync("alva", "student");
        Assert.True(JsonNode.DeepEquals(
            new JsonObject
            {
                ["code"] = "placement.dates",
                ["entity"] = Ids.Of("north"),
                ["facts"] = new JsonObject { ["startDate"] = "2026-12-20" },
                ["eligibleFrom"] = "2026-12-07",
                ["eligibleUntil"] = null,
            },
            reason), reason.ToJsonString());
    }

    [Theory]
    [InlineData("2026-12-06", "no: placement.dates")]
    [InlineData("2026-12-07", "yes")]
    public async Task The_day_that_explain_tells_is_the_first_one_indeed(string date, string verdict)
    {
        _school.Unit("north");
        Student("alva", start: "2026-12-20");

        var night = await azurite.Night(_school).On(date).Dry().RunAsync();

        Assert.Equal(verdict, await night.StudentAsync("alva"));
    }

    [Fact]
    public async Task Explain_tells_the_last_day_on_which_the_window_was_open()
    {
        _school.Unit("north");
        Student("alva", "2026-01-10", "2026-06-10");

        var night = await azurite.Night(_school).Dry().RunAsync();

        var reason = await night.ReasonAsync("alva", "student");
        Assert.Equal(("2025-12-28", "2026-06-23"), ((string?)reason["eligibleFrom"], (string?)reason["eligibleUntil"]));
    }

    [Theory]
    [InlineData("2026-06-23", "yes")]
    [InlineData("2026-06-24", "no: placement.dates")]
    public async Task The_day_that_explain_tells_is_the_last_one_indeed(string date, string verdict)
    {
        _school.Unit("north")["startDate"] = "2020-01-01";
        Student("alva", "2026-01-10", "2026-06-10");

        var night = await azurite.Night(_school).On(date).Dry().RunAsync();

        Assert.Equal(verdict, await night.StudentAsync("alva"));
    }

    [Theory]
    [InlineData("2026-12-20", "9999-12-31", "2026-12-07", "9999-12-31")]
    [InlineData("0001-01-01", "2026-06-10", "0001-01-01", "2026-06-23")]
    public async Task Days_at_the_ends_of_time_are_days_too(string start, string end, string from, string until)
    {
        _school.Unit("north")["endDate"] = "9999-12-31";
        Student("alva", start, end);
        Student("bo", "0001-01-01", "9999-12-31");

        var night = await azurite.Night(_school).Dry().RunAsync();

        var reason = await night.ReasonAsync("alva", "student");
        Assert.Equal((from, until), ((string?)reason["eligibleFrom"], (string?)reason["eligibleUntil"]));
        Assert.Equal("yes", await night.StudentAsync("bo"));
    }

    private JsonObject Student(string label, string? start, string? end = null)
    {
        var enrolment = _school.Student(label, "north")["enrolments"]![0]!.AsObject();
        enrolment["startDate"] = start;
        if (end is not null)
        {
            enrolment["endDate"] = end;
        }

        return enrolment;
    }

    private JsonObject Membership(string group, int number) =>
        _school.Data[Collections.Groups].Single(row => (string?)row["id"] == Ids.Of(group))["groupMemberships"]![number]!.AsObject();
}
