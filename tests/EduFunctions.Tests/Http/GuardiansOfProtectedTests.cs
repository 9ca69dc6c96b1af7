using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>Who answers for somebody protected is told of to no reader in what a night changes, whichever night it was: it would tell whose child it is.</summary>
[Collection(CommandTests.Name)]
public sealed class GuardiansOfProtectedTests(AzuriteFixture azurite)
{
    private readonly SchoolBuilder _school = Families();

    /// <summary>They left with a student who was not in the register, and is back and marked.</summary>
    [Fact]
    public async Task Not_where_they_had_left_before_the_marking()
    {
        await using var town = await TownAsync();
        await PassAsync(town);
        var alva = _school.Person("alva");
        _school.Without("alva");
        var left = await PassAsync(town);
        Assert.NotEmpty(await TalesAsync(town, left, KeyedCalls.Reader, "gunhild"));
        _school.Data[Collections.Persons].Add(alva);
        _school.Marking("alva");
        await PassAsync(town);

        Assert.NotEmpty(await TalesAsync(town, left, KeyedCalls.Protection, "gunhild"));
        Assert.Empty(await TalesAsync(town, left, KeyedCalls.Reader, "gunhild"));
    }

    /// <summary>One of them stays, with another student.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Not_in_the_night_of_the_marking(bool isDry)
    {
        await using var town = await TownAsync();
        await PassAsync(town);
        _school.Marking("alva");
        var marked = await PassAsync(town, isDry);

        Assert.NotEmpty(await TalesAsync(town, marked, KeyedCalls.Protection, "gunhild", "stays"));
        Assert.Empty(await TalesAsync(town, marked, KeyedCalls.Reader, "gunhild", "stays"));
    }

    private static async Task<string> PassAsync(Town town, bool isDry = false)
    {
        Assert.Equal(0, await town.PassAsync(isDry: isDry));
        return (string)town.Run["run"]!;
    }

    /// <summary>What answers about a night's changes have one of them.</summary>
    private static async Task<IReadOnlyList<string>> TalesAsync(Town town, string run, string by, params string[] people)
    {
        var tales = new List<string>();
        foreach (var path in new[] { $"runs/{run}", $"runs/{run}/lists/plan?feed=apple", $"runs/{run}/plans/apple" })
        {
            foreach (var text in new[] { (await town.ApiAsync(by, "GET", path)).Text, (await town.PageAsync(by, path)).Text })
            {
                tales.AddRange(people.Where(label => text.Contains(Ids.Of(label), StringComparison.OrdinalIgnoreCase)).Select(label => $"{path} tells {label}"));
            }
        }

        return tales;
    }

    private static SchoolBuilder Families()
    {
        var school = MemoryTown.Make("zelda");
        school.Guardian("stays", "alva", "zelda");
        return school;
    }

    private async Task<Town> TownAsync()
    {
        var town = await Town.StartAsync(azurite, _school.Data);
        var feed = town.File["feeds"]![0]!;
        (feed["type"], feed["settings"]) = ("oneRosterCsv", new JsonObject { ["guardians"] = true });
        town.File["guard"] = new JsonObject { ["minRemoved"] = 1000 };
        return town;
    }
}
