using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using EduFunctions.Tests.Protection.Resting;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>Who is protected is told of to no reader, whether the memory of it is there, damaged or gone.</summary>
[Collection(CommandTests.Name)]
public sealed class ForgottenMemoryTests(AzuriteFixture azurite)
{
    private const string Memory = "memory.bin";

    private static readonly string[] Telling = ["berglund", Ids.Of("alva")];

    private readonly SchoolBuilder _school = Named();

    [Theory]
    [InlineData(Memory)]
    [InlineData("")]
    public async Task Of_earlier_nights_nothing_is_told_of_them_where_it_is_gone(string gone)
    {
        await using var town = await TownAsync();
        var runs = await NightsAsync(town);
        Assert.NotEmpty(await TalesAsync(town, runs[..2], KeyedCalls.Protection));
        Assert.Empty(await TalesAsync(town, runs, KeyedCalls.Reader));

        foreach (var blob in await town.BlobsAsync("state", gone))
        {
            await town.Container("state").DeleteBlobAsync(blob);
        }

        Assert.Empty(await TalesAsync(town, runs, KeyedCalls.Reader));
    }

    /// <summary>A dry run remembers nothing, so that there has never been a memory.</summary>
    [Fact]
    public async Task Dry_runs_alone_tell_of_everybody_but_those_whom_the_newest_has_seen_marked()
    {
        await using var town = await TownAsync();
        await town.PassAsync(isDry: true);
        var first = (string)town.Run["run"]!;
        _school.Marking("alva");
        await town.PassAsync(isDry: true);
        string[] runs = [first, (string)town.Run["run"]!];

        Assert.Empty(await TalesAsync(town, runs, KeyedCalls.Reader));
        Assert.Contains(Ids.Of("yrsa"), (await town.ApiAsync(KeyedCalls.Reader, "GET", $"runs/{first}/lists/left-out")).Text, StringComparison.Ordinal);
    }

    private async Task<string[]> NightsAsync(Town town)
    {
        var runs = new List<string>();
        foreach (var marked in new[] { false, false, true })
        {
            if (marked)
            {
                _school.Marking("alva");
            }

            Assert.Equal(0, await town.PassAsync());
            runs.Add((string)town.Run["run"]!);
        }

        return [.. runs];
    }

    /// <summary>What answers about runs tell of Alva.</summary>
    private static async Task<IReadOnlyList<string>> TalesAsync(Town town, IEnumerable<string> runs, string by)
    {
        var tales = new List<string>();
        foreach (var path in runs.SelectMany(run => new[] { "", "/lists/left-out", "/lists/findings", "/lists/plan?feed=apple", "/plans/apple" }.Select(part => $"runs/{run}{part}")))
        {
            foreach (var text in new[] { (await town.ApiAsync(by, "GET", path)).Text, (await town.PageAsync(by, path)).Text })
            {
                tales.AddRange(Telling.Where(telling => text.Contains(telling, StringComparison.OrdinalIgnoreCase)).Select(telling => $"{path} tells {telling}"));
            }
        }

        return tales;
    }

    private static SchoolBuilder Named()
    {
        var school = RestingTown.Make();
        school.Unit("third")["displayName"] = "Alva Berglunds skola";
        school.Student("xena", "third");
        school.Student("yrsa", "third")["enrolments"]![0]!["endDate"] = "2026-02-01";
        return school;
    }

    private async Task<Town> TownAsync()
    {
        var town = await Town.StartAsync(azurite, _school.Data);
        town.File["guard"] = new JsonObject { ["minRemoved"] = 1000 };
        return town;
    }
}
