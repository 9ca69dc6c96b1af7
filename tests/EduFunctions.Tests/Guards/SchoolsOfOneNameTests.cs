using System.Net;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Http;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Two schools of a tenant are called the same: whoever reads of one of them, anywhere, reads which.</summary>
[Collection(CommandTests.Name)]
public sealed class SchoolsOfOneNameTests(AzuriteFixture azurite)
{
    private static readonly string Berget = $"Berget ({Ids.Of("berget")[..8]}…)";
    private static readonly string Dalen = $"Berget ({Ids.Of("dalen")[..8]}…)";

    [Fact]
    public async Task They_are_told_apart_wherever_schools_have_names()
    {
        var school = GuardTown.Of(("berget", 40), ("dalen", 60), ("lunden", 60)).Next()
            .Edit(Collections.Organisations, Ids.Of("dalen"), unit => unit["displayName"] = "Berget")
            .Editing("berget0", pupil => pupil["givenName"] = "Kim").Editing("dalen0", pupil => pupil["givenName"] = "Kim").Editing("lunden0", pupil => pupil["givenName"] = "Kim");
        await using var town = await Town.StartAsync(azurite, school);
        Assert.Equal(0, await town.PassAsync());
        school.Losing("berget", 20, 40).Losing("dalen", 59, 60).Losing("lunden", 59, 60);
        Assert.Equal(3, await town.PassAsync());
        var run = (string)town.Run["run"]!;

        var (plan, held) = (await town.CommandAsync("plan", "--tenant", town.Id, "--run", run), await town.CommandAsync("held"));
        var (page, list) = (await PageAsync(town, $"runs/{run}"), await PageAsync(town, $"runs/{run}/lists/plan?feed=apple"));
        var people = JsonNode.Parse((await town.ApiAsync(KeyedCalls.Reader, "POST", "people", """{ "find": "Kim" }""")).Text)!["people"]!.AsArray();

        Assert.All([plan.Output, page, list], text => Assert.All([Berget, Dalen], name => Assert.Contains(name, text, StringComparison.Ordinal)));
        Assert.Contains($"school {Berget}", held.Output, StringComparison.Ordinal);
        Assert.Equal(new[] { Berget, Dalen, "Lunden" }.Order(StringComparer.Ordinal), people.Select(one => (string)one!["schools"]![0]!).Order(StringComparer.Ordinal));
        Assert.All([plan.Output, page, list], text => Assert.DoesNotContain("Lunden (", text, StringComparison.Ordinal));
    }

    private static async Task<string> PageAsync(Town town, string path) => WebUtility.HtmlDecode((await town.PageAsync(KeyedCalls.Operator, path)).Text);
}
