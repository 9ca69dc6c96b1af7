using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class SelectionTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    public static TheoryData<string, bool> ActiveValues => new()
    {
        { "1", true }, { "\"1\"", true }, { "true", true }, { "\"true\"", true }, { "\"TRUE\"", true },
        { "0", false }, { "\"0\"", false }, { "false", false }, { "null", false }, { "\"Y\"", false }, { "11", false }, { "\"\"", false },
    };

    public static TheoryData<string, bool> ToLmsValues => new()
    {
        { "\"Y\"", true }, { "\"y\"", true }, { "true", true }, { "\"True\"", true },
        { "\"N\"", false }, { "false", false }, { "null", false }, { "1", false }, { "\"\"", false }, { "\"Yes\"", false },
    };

    [Fact]
    public async Task Without_a_selection_whatever_the_source_hands_out_is_selected()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Group("7a", "north", "Klass", "alva");

        var night = await NightAsync(null);

        Assert.Equal([Ids.Of("7a")], await night.SectionsAsync("alva"));
    }

    [Fact]
    public async Task A_list_of_units_allows_ids_and_unit_codes_and_nothing_else()
    {
        _school.Unit("by id");
        _school.Unit("by code")["schoolUnitCode"] = "99990001";
        _school.Unit("unlisted")["schoolUnitCode"] = "99990002";
        _school.Student("alva", "by id");

        var night = await NightAsync(new JsonObject { ["units"] = new JsonArray(Ids.Of("by id"), "99990001") });

        Assert.Equal(["by id", "by code"], await night.UnitsAsync("by id", "by code", "unlisted"));
        Assert.Equal((1, 1), (night.Excluded("unit.active"), night.Excluded("unit.toLms")));
    }

    [Fact]
    public async Task A_list_of_groups_allows_ids_and_nothing_else()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Group("7a", "north", "Klass", "alva");
        _school.Group("7b", "north", "Klass", "alva");

        var night = await NightAsync(new JsonObject { ["groups"] = new JsonArray(Ids.Of("7b")) });

        Assert.Equal([Ids.Of("7b")], await night.SectionsAsync("alva"));
        Assert.Equal(1, night.Excluded("group.toLms"));
    }

    [Fact]
    public async Task A_list_that_is_absent_allows_all_and_one_that_is_empty_allows_nothing()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Group("7a", "north", "Klass", "alva");

        var noGroups = await NightAsync(new JsonObject { ["groups"] = new JsonArray() });
        var noUnits = await NightAsync(new JsonObject { ["units"] = new JsonArray() });

        Assert.Equal("yes", await noGroups.StudentAsync("alva"));
        Assert.Equal((1, 0), (noGroups.Excluded("group.toLms"), noGroups.Excluded("unit.toLms")));
        Assert.Equal("no: placement.unit", await noUnits.StudentAsync("alva"));
        Assert.Equal((0, 1), (noUnits.Excluded("group.toLms"), noUnits.Excluded("unit.toLms")));
    }

    [Theory]
    [MemberData(nameof(ActiveValues))]
    public async Task An_active_unit_says_1_or_true(string value, bool isActive)
    {
        _school.Student("alva", "north");
        var unit = _school.Unit("north");
        (unit["aktivEnhet"], unit["tillLms"]) = (JsonNode.Parse(value), "Y");

        var night = await NightAsync(Property());

        Assert.Equal((isActive ? 0 : 1, 0), (night.Excluded("unit.active"), night.Excluded("unit.toLms")));
    }

    [Theory]
    [MemberData(nameof(ToLmsValues))]
    public async Task Whatever_may_go_to_the_learning_system_says_Y_or_true(string value, bool isToLms)
    {
        _school.Student("alva", "north");
        var unit = _school.Unit("north");
        (unit["aktivEnhet"], unit["tillLms"]) = (1, JsonNode.Parse(value));
        _school.Group("7a", "north")["tillLms"] = JsonNode.Parse(value);

        var night = await NightAsync(Property());

        var expected = isToLms ? 0 : 1;
        Assert.Equal((0, expected, expected), (night.Excluded("unit.active"), night.Excluded("unit.toLms"), night.Excluded("group.toLms")));
    }

    [Fact]
    public async Task A_property_that_is_absent_selects_nothing()
    {
        _school.Unit("north");
        _school.Student("alva", "north");
        _school.Group("7a", "north");

        var night = await NightAsync(Property());

        Assert.Equal((1, 1, 1), (night.Excluded("unit.active"), night.Excluded("unit.toLms"), night.Excluded("group.toLms")));
    }

    [Fact]
    public async Task Only_the_entitys_own_property_counts()
    {
        var unit = _school.Unit("north");
        unit["extra"] = new JsonObject { ["aktivEnhet"] = 1, ["tillLms"] = "Y" };
        _school.Student("alva", "north");

        var night = await NightAsync(Property());

        Assert.Equal((1, 1), (night.Excluded("unit.active"), night.Excluded("unit.toLms")));
    }

    private static JsonObject Property() => new()
    {
        ["property"] = new JsonObject { ["activeUnit"] = "aktivEnhet", ["toLms"] = "tillLms" },
    };

    private Task<NightResult> NightAsync(JsonObject? selection) =>
        azurite.Night(_school).With("eligibility.selection", selection).Dry().RunAsync();
}
