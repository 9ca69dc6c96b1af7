using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.AppleSchoolManager;

[Collection(TargetTests.Name)]
public sealed class AppleRulesTests(AzuriteFixture azurite)
{
    public static TheoryData<int, int, string, string> Worlds => new()
    {
        { 21, 400, "{}", "{}" },
        { 22, 1500, """{"dateMarginDays": 0}""", """{"emailRequired": true}""" },
        { 23, 900, """{"dutiesAtParents": true, "unitTypes": ["Skolenhet", "Skola"]}""", """{"groupTypes": ["Klass", "Mentor", "Avdelning"]}""" },
        { 24, 1200, """{"schoolTypes": ["GR", "GY"]}""", """{"passwordPolicy": {"1": "4", "8": "8"}, "personNumber": "civicNo"}""" },
    };

    [Theory]
    [MemberData(nameof(Worlds))]
    public async Task Apple_would_take_the_files_of_any_world(int seed, int persons, string eligibility, string settings)
    {
        var world = new SchoolWorld(new WorldOptions { Seed = seed, Persons = persons, Today = Night.Today });
        var plan = azurite.Night(world).With("privacy.includeCivicNumber", true).With("eligibility", JsonNode.Parse(eligibility));
        foreach (var (name, value) in JsonNode.Parse(settings)!.AsObject())
        {
            plan.WithApple(name, value?.DeepClone());
        }

        var night = await plan.Dry().RunAsync();

        var zip = await night.AppleAsync();
        Assert.Empty(AppleRules.Broken(zip));
        Assert.All(zip.Files.Keys, file => Assert.NotEmpty(zip.Rows(file)));
    }

    [Fact]
    public async Task Nobody_who_is_protected_is_in_any_file()
    {
        var world = new SchoolWorld(new WorldOptions { Seed = 25, Persons = 1000, Today = Night.Today });
        var hidden = Collections.All
            .SelectMany(world.Rows)
            .SelectMany(row => Oracle.JsonReading.AllObjects(row))
            .Where(entity => (string?)entity["securityMarking"] is "Sekretessmarkering" or "Skyddad folkbokföring")
            .Select(entity => ((string)entity["id"]!).ToLowerInvariant())
            .ToHashSet();

        var night = await azurite.Night(world).With("eligibility.unknownSecurityMarking", "include").Dry().RunAsync();

        var all = string.Concat((await night.AppleAsync()).Files.Values);
        Assert.NotEmpty(hidden);
        Assert.DoesNotContain(hidden, id => all.Contains(id, StringComparison.Ordinal));
    }
}
