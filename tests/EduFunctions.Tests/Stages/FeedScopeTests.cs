using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Systems;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Feeds for some schools and roles, so that one tenant feeds several accounts.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class FeedScopeTests
{
    private readonly SchoolBuilder _town = new(Night.Today);

    public FeedScopeTests()
    {
        _town.Unit("district", type: "Rektorsområde");
        foreach (var school in new[] { "north", "south" })
        {
            _town.Unit(school, school == "north" ? "district" : null);
            _town.Student($"{school} pupil", school);
            _town.Employee($"{school} teacher");
            _town.Duty($"{school} duty", $"{school} teacher", school);
            _town.Group($"{school} class", school, "Klass", $"{school} pupil");
            _town.Guardian($"{school} parent", $"{school} pupil");
        }

        _town.Duty("second duty", "south teacher", "north");
        _town.Data[Collections.Organisations].First(unit => (string?)unit["id"] == Ids.Of("north"))["schoolUnitCode"] = "12345678";
    }

    [Theory]
    [InlineData("id")]
    [InlineData("code")]
    [InlineData("parent")]
    public async Task A_feed_for_a_school_has_what_is_there_and_nothing_else(string named)
    {
        var school = named switch { "id" => Ids.Of("north"), "code" => "12345678", _ => Ids.Of("district") };

        using var night = await PaperNight.RunAsync(_town.Data, Feed(new JsonObject { ["schools"] = new JsonArray(school) }));

        var zip = night.Apple();
        Assert.Empty(night.Errors);
        Assert.Equal([Ids.Of("north")], zip.Column("locations.csv", "location_id"));
        Assert.Equal([Ids.Of("north pupil")], zip.Column("students.csv", "person_id"));
        Assert.Equal(Labels("north teacher", "south teacher"), zip.Column("staff.csv", "person_id"));
        Assert.Equal([Ids.Of("north"), Ids.Of("north")], zip.Column("staff.csv", "location_id"));
        Assert.Equal([Ids.Of("north class")], zip.Column("classes.csv", "class_id"));
    }

    [Fact]
    public async Task A_code_is_the_same_in_any_case_and_one_that_two_units_have_is_nobodys()
    {
        var south = _town.Data[Collections.Organisations].First(unit => (string?)unit["id"] == Ids.Of("south"));
        south["schoolUnitCode"] = "ab12";
        using var night = await PaperNight.RunAsync(_town.Data, Feed(new JsonObject { ["schools"] = new JsonArray("AB12") }));
        Assert.Equal([Ids.Of("south")], night.Apple().Column("locations.csv", "location_id"));

        south["schoolUnitCode"] = "12345678";
        var refusal = await Assert.ThrowsAsync<RunHeldException>(() => PaperNight.RunAsync(_town.Data, Feed(new JsonObject { ["schools"] = new JsonArray("12345678") })));
        Assert.Contains("12345678, a code that 2 units of the register have", refusal.Message);
    }

    [Fact]
    public async Task A_school_may_be_named_twice_but_its_roles_may_not()
    {
        using var night = await PaperNight.RunAsync(_town.Data, Feed(new JsonObject { ["schools"] = new JsonArray(Ids.Of("north"), "12345678") }));
        Assert.Empty(night.Errors);
        Assert.Equal([Ids.Of("north")], night.Apple().Column("locations.csv", "location_id"));

        var twice = new JsonObject { [Ids.Of("north")] = new JsonArray("student"), ["12345678"] = new JsonArray("staff") };
        var refusal = await Assert.ThrowsAsync<RunHeldException>(() => PaperNight.RunAsync(_town.Data, Feed(new JsonObject { ["rolesBySchool"] = twice })));
        Assert.Contains("names the school 12345678 twice in rolesBySchool", refusal.Message);
    }

    [Fact]
    public async Task Roles_are_chosen_and_may_be_others_at_a_school()
    {
        using var night = await PaperNight.RunAsync(_town.Data, Feed(new JsonObject
        {
            ["roles"] = new JsonArray("student"),
            ["rolesBySchool"] = new JsonObject { [Ids.Of("south")] = new JsonArray("student", "staff") },
        }));

        Assert.Empty(night.Errors);
        Assert.Equal(Labels("north pupil", "south pupil"), night.Apple().Column("students.csv", "person_id"));
        Assert.Equal([Ids.Of("south teacher")], night.Apple().Column("staff.csv", "person_id"));
        Assert.Equal([Ids.Of("south")], night.Apple().Column("staff.csv", "location_id"));
    }

    [Fact]
    public async Task Guardians_come_with_students_of_the_schools()
    {
        using var night = await PaperNight.RunAsync(_town.Data, tenant =>
        {
            PaperFeeds.Learn(new JsonObject { ["observers"] = true })(tenant);
            tenant["feeds"]![0]!["schools"] = new JsonArray(Ids.Of("north"), Ids.Of("south"));
            tenant["feeds"]![0]!["rolesBySchool"] = new JsonObject { [Ids.Of("south")] = new JsonArray("student") };
        });

        Assert.Empty(night.Errors);
        Assert.Equal((true, false), (night.Has("north parent"), night.Has("south parent")));
        Assert.Equal($"{Ids.Of("north parent")}|{Ids.Of("north pupil")}|enabled", night.Text("associateobserver.txt").Split('\n')[1]);
    }

    [Theory]
    [InlineData("roles", "pupil", "unknown role \"pupil\"")]
    [InlineData("freeze", "2027-02-30", "must be a day")]
    public async Task What_cannot_be_used_is_refused(string key, string value, string cause)
    {
        var tenant = PaperNight.Tenant();
        Feed(key == "roles" ? new JsonObject { [key] = new JsonArray(value) } : new JsonObject { [key] = new JsonObject { ["until"] = value } })(tenant);

        Assert.Contains(await PaperNight.TenantErrorsAsync(tenant), error => error.ToString().Contains(cause, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_school_that_the_register_does_not_have_makes_no_feed()
    {
        var feed = Feed(new JsonObject { ["schools"] = new JsonArray("nowhere") });

        await Assert.ThrowsAsync<RunHeldException>(() => PaperNight.RunAsync(_town.Data, feed));
    }

    private static Action<JsonObject> Feed(JsonObject setup) => tenant => ((JsonObject)tenant["feeds"]![0]!).Merge(setup);

    private static IEnumerable<string> Labels(params string[] labels) => labels.Select(Ids.Of).Order(StringComparer.Ordinal);
}
