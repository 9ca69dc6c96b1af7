using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Eligibility;

[Collection(AzuriteTests.Name)]
public sealed class UnitTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = new(Night.Today);

    [Fact]
    public async Task Only_a_Skolenhet_is_a_school_unit()
    {
        _school.Unit("town", type: "Huvudman");
        _school.Unit("school", "town", type: "Skola");
        _school.Unit("north", "school");
        _school.Unit("campus", "school", type: "Campus");

        var night = await NightAsync();

        Assert.Equal(["north"], await night.UnitsAsync("town", "school", "north", "campus"));
        Assert.Equal(3, night.Excluded("unit.type"));
    }

    [Fact]
    public async Task The_tenant_says_which_types_are_school_units()
    {
        _school.Unit("school", type: "Skola");
        _school.Unit("north", "school");

        var night = await NightAsync("unitTypes", new JsonArray("Skola"));

        Assert.Equal(["school"], await night.UnitsAsync("school", "north"));
    }

    [Fact]
    public async Task A_unit_needs_its_own_dates_to_be_in_the_strict_window()
    {
        _school.Unit("north");
        _school.Unit("undated").Remove("startDate");
        _school.Unit("later")["startDate"] = _school.Day(14);
        _school.Unit("soon")["startDate"] = _school.Day(13);
        _school.Unit("closed")["endDate"] = _school.Day(-14);
        _school.Unit("closing")["endDate"] = _school.Day(-13);

        var night = await NightAsync();

        Assert.Equal(["north", "soon", "closing"], await night.UnitsAsync("north", "undated", "later", "soon", "closed", "closing"));
        Assert.Equal(3, night.Excluded("unit.dates"));
    }

    [Fact]
    public async Task The_dates_of_a_parent_close_no_unit()
    {
        _school.Unit("school", type: "Skola")["endDate"] = _school.Day(-300);
        _school.Unit("north", "school");

        var night = await NightAsync();

        Assert.Equal(["north"], await night.UnitsAsync("school", "north"));
    }

    [Fact]
    public async Task Municipalities_are_compared_as_four_digits_on_both_sides()
    {
        _school.Unit("same")["municipalityCode"] = "180";
        _school.Unit("padded")["municipalityCode"] = "0180";
        _school.Unit("other")["municipalityCode"] = "1800";

        var bare = await NightAsync("municipalities", new JsonArray("180"));
        var padded = await NightAsync("municipalities", new JsonArray("0180"));

        Assert.Equal(["same", "padded"], await bare.UnitsAsync("same", "padded", "other"));
        Assert.Equal(["same", "padded"], await padded.UnitsAsync("same", "padded", "other"));
        Assert.Equal(1, padded.Excluded("unit.municipality"));
    }

    [Fact]
    public async Task A_unit_without_a_municipality_takes_that_of_its_nearest_ancestor_that_has_one()
    {
        _school.Unit("town", type: "Huvudman")["municipalityCode"] = "0180";
        _school.Unit("area", "town", type: "Rektorsområde")["municipalityCode"] = "0199";
        _school.Unit("school", "area", type: "Skola").Remove("municipalityCode");
        _school.Unit("north", "school")["municipalityCode"] = null;
        _school.Unit("south", "town").Remove("municipalityCode");
        _school.Unit("lost", "nowhere").Remove("municipalityCode");

        var night = await NightAsync("municipalities", new JsonArray("0199"));

        Assert.Equal(["north"], await night.UnitsAsync("north", "south", "lost"));
    }

    [Fact]
    public async Task The_municipality_of_an_address_is_never_used()
    {
        _school.Unit("north");
        var unit = _school.Unit("south");
        unit.Remove("municipalityCode");
        unit["address"] = new JsonObject { ["type"] = "Besöksadress", ["municipalityCode"] = 199, ["country"] = "Sverige" };

        var night = await NightAsync("municipalities", new JsonArray("0199"));

        Assert.Equal(["north"], await night.UnitsAsync("north", "south"));
    }

    [Fact]
    public async Task Parents_in_a_circle_have_no_municipality_and_stop_nobody()
    {
        _school.Unit("hen", "egg").Remove("municipalityCode");
        _school.Unit("egg", "hen").Remove("municipalityCode");
        _school.Unit("self", "self").Remove("municipalityCode");
        _school.Unit("north");

        var night = await NightAsync("municipalities", new JsonArray("0199"));

        Assert.Equal(["north"], await night.UnitsAsync("hen", "egg", "self", "north"));
    }

    [Fact]
    public async Task One_of_a_units_school_types_has_to_be_on_the_list()
    {
        _school.Unit("one", schoolType: "GR");
        _school.Unit("one of two")["schoolTypes"] = new JsonArray("GY", "GR");
        _school.Unit("other", schoolType: "GY");
        _school.Unit("none").Remove("schoolTypes");

        var night = await NightAsync("schoolTypes", new JsonArray("GR", "FKLASS"));

        Assert.Equal(["one", "one of two"], await night.UnitsAsync("one", "one of two", "other", "none"));
        Assert.Equal(2, night.Excluded("unit.schoolType"));
    }

    [Fact]
    public async Task Empty_lists_of_municipalities_and_school_types_are_no_filter()
    {
        _school.Employee("somebody");
        _school.Unit("north").Remove("municipalityCode");
        _school.Unit("south").Remove("schoolTypes");

        var night = await azurite.Night(_school)
            .With("eligibility.municipalities", new JsonArray())
            .With("eligibility.schoolTypes", new JsonArray())
            .Dry()
            .RunAsync();

        Assert.Equal(["north", "south"], await night.UnitsAsync("north", "south"));
    }

    [Fact]
    public async Task All_failing_rules_of_a_unit_are_counted()
    {
        _school.Employee("somebody");
        _school.Unit("north");
        var unit = _school.Unit("south", type: "Skola", schoolType: "GY");
        unit["municipalityCode"] = "0198";
        unit["endDate"] = _school.Day(-100);

        var night = await azurite.Night(_school)
            .With("eligibility.municipalities", new JsonArray("0199"))
            .With("eligibility.schoolTypes", new JsonArray("GR"))
            .Dry()
            .RunAsync();

        Assert.Equal(["unit.dates", "unit.municipality", "unit.schoolType", "unit.type"], night.Run.Exclusions!.Keys);
        Assert.All(night.Run.Exclusions!.Values, count => Assert.Equal(1, count));
    }

    [Fact]
    public async Task A_municipality_that_is_no_code_lets_nobody_in()
    {
        _school.Unit("north");
        _school.Unit("without").Remove("municipalityCode");

        var night = await NightAsync("municipalities", new JsonArray("0199", "Nordhamn"));

        Assert.True(night.Run.State == RunState.Failed || (await night.UnitsAsync("north", "without")).SequenceEqual(["north"]));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \u00A0")]
    public async Task A_unit_without_a_name_keeps_its_id_as_name(string? name)
    {
        _school.Unit("north")["displayName"] = name;

        var night = await NightAsync();

        Assert.Equal([Ids.Of("north")], (await night.AppleAsync()).Column("locations.csv", "location_name"));
        Assert.True(night.HasFinding("name.missing"));
    }

    // Everybody is somebody, so that the pull is not empty.
    private Task<NightResult> NightAsync(string? setting = null, JsonNode? value = null)
    {
        if (_school.Data.Count(Collections.Persons) == 0)
        {
            _school.Employee("somebody");
        }

        var night = azurite.Night(_school).Dry();
        return (setting is null ? night : night.With($"eligibility.{setting}", value)).RunAsync();
    }
}
