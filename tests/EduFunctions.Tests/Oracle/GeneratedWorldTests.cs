using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Oracle;

/// <summary>Whole invented municipalities through the pipeline, held against a second, independent reading of the rules.</summary>
[Collection(AzuriteTests.Name)]
public sealed class GeneratedWorldTests(AzuriteFixture azurite)
{
    private const int Explained = 60;

    public static TheoryData<int, int, string> Worlds => new()
    {
        { 1, 400, "{}" },
        { 2, 1500, """{"eligibility": {"dateMarginDays": 0}}""" },
        { 3, 700, """{"eligibility": {"dateMarginDays": 30, "municipalities": ["199"], "dutiesAtParents": true}}""" },
        { 4, 900, """{"eligibility": {"schoolTypes": ["GR", "FKLASS"], "guardianRelations": ["Vårdnadshavare", "Annan ansvarig"]}}""" },
        { 5, 500, """{"eligibility": {"unknownSecurityMarking": "include", "unitTypes": ["Skola", "Skolenhet"]}}""" },
        { 6, 1200, """{"eligibility": {"acceptUnmarkedProtection": true, "schoolTypes": ["FS", "GY"], "dutiesAtParents": true}}""" },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Rules_come_to_the_same_by_two_ways(int seed, int persons, string settings)
    {
        var world = World(seed, persons);

        var night = await azurite.Night(world).With((JsonObject)JsonNode.Parse(settings)!).Dry().RunAsync();

        await night.AssertAsExpectedAsync(world, Explained);
    }

    [Theory]
    [InlineData("groupTypes", """["Undervisning", "Klass", "Mentor", "Avdelning", "Personalgrupp"]""")]
    [InlineData("groupTypes", """["Mentor"]""")]
    [InlineData("personNumber", "\"civicNo\"")]
    [InlineData("emailRequired", "true")]
    [InlineData("passwordPolicy", """{"0": "4", "1": "4", "5": "6", "9": "8"}""")]
    public async Task Settings_of_the_feed_come_to_the_same_by_two_ways(string name, string value)
    {
        var world = World(seed: 7, persons: 600);

        var night = await azurite.Night(world)
            .With("privacy.includeCivicNumber", true)
            .WithApple(name, JsonNode.Parse(value))
            .Dry()
            .RunAsync();

        await night.AssertAsExpectedAsync(world, Explained);
    }

    [Fact]
    public async Task External_identifiers_as_person_numbers_come_to_the_same_by_two_ways()
    {
        var world = new EditedSchoolData(World(seed: 8, persons: 400)).Edit(
            Collections.Persons,
            person => ((string)person["id"]!)[0] < '8',
            person => person["externalIdentifiers"] = new JsonArray(
                Identifier("https://other.example", "1"), Identifier("https://cards.example", $"C {person["givenName"]}")));

        var night = await azurite.Night(world).WithApple("personNumber", "externalIdentifier:https://cards.example").Dry().RunAsync();

        await night.AssertAsExpectedAsync(world, Explained);
    }

    [Fact]
    public async Task Flags_of_the_source_come_to_the_same_by_two_ways()
    {
        var world = World(seed: 9, persons: 800, flags: true);

        var night = await azurite.Night(world)
            .With("eligibility.selection.property", new JsonObject { ["activeUnit"] = "aktivEnhet", ["toLms"] = "tillLms" })
            .Dry()
            .RunAsync();

        await night.AssertAsExpectedAsync(world, Explained);
    }

    [Fact]
    public async Task Lists_of_units_and_groups_come_to_the_same_by_two_ways()
    {
        var world = World(seed: 10, persons: 800);
        var code = world.Rows(Collections.Organisations).Select(unit => unit.Text("schoolUnitCode")).First(code => code is not null);
        var id = world.Rows(Collections.Organisations).Last(unit => unit.Text("organisationType") == "Skolenhet").Id();
        var groups = world.Rows(Collections.Groups).Where((_, number) => number % 3 == 0).Select(group => (JsonNode?)group.Id());

        var night = await azurite.Night(world)
            .With("eligibility.selection", new JsonObject { ["units"] = new JsonArray(code, id), ["groups"] = new JsonArray([.. groups]) })
            .Dry()
            .RunAsync();

        await night.AssertAsExpectedAsync(world, Explained);
    }

    private static SchoolWorld World(int seed, int persons, bool flags = false) =>
        new(new WorldOptions { Seed = seed, Persons = persons, Today = Night.Today, ExtensFlags = flags });

    private static JsonObject Identifier(string context, string value) => new()
    {
        ["context"] = context,
        ["value"] = value,
        ["globallyUnique"] = true,
    };
}
