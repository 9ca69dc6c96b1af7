using System.Net;
using System.Text.RegularExpressions;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>Who chooses a language goes on looking at the same, and who is refused something reads why, and finds the way back.</summary>
[Collection(CommandTests.Name)]
public sealed class ReadersWayTests(AzuriteFixture azurite)
{
    private static readonly string[] EnglishWords = [" the ", " of ", " is ", " to ", " has ", " no "];

    [Fact]
    public async Task A_language_is_chosen_for_what_one_looks_at()
    {
        await using var town = await HeldAsync();
        var run = (string)town.Run["run"]!;
        var school = Ids.Of("berget");

        foreach (var search in new[] { $"runs/{run}/lists/plan?feed=apple&kind=students&lang=en", $"runs/{run}/lists/left-out?code=placement.dates&school={school}", $"runs/{run}?with={run}" })
        {
            var link = DanishOf((await town.PageAsync(KeyedCalls.Operator, search)).Text);
            var danish = await town.PageAsync(KeyedCalls.Operator, link[$"/tenants/{town.Id}/".Length..]);

            Assert.Equal($"/tenants/{town.Id}/{search.Replace("&lang=en", "", StringComparison.Ordinal)}&lang=da", link);
            Assert.Equal(200, danish.Status);
            Assert.Contains("<html lang=\"da\">", danish.Text, StringComparison.Ordinal);
        }

        Assert.Equal("/?q=prov&show=waiting&lang=da", DanishOf((await town.FrontAsync(KeyedCalls.Operator, "?q=prov&show=waiting")).Text));
        Assert.Equal("/?lang=da", DanishOf((await town.FrontAsync(KeyedCalls.Operator)).Text));
    }

    [Fact]
    public async Task What_is_refused_is_told_in_the_readers_language_with_a_way_back()
    {
        await using var town = await HeldAsync();
        var (tenant, run) = ($"/tenants/{town.Id}", $"runs/{town.Run["run"]}");
        var reason = ("reason", "so it is");

        await AssertRefusedAsync(town, $"{run}/approve", $"{tenant}/{run}", ("plan", new string('0', 64)), reason);
        await AssertRefusedAsync(town, $"{run}/approve", $"{tenant}/{run}", ("plan", ""), reason);
        await AssertRefusedAsync(town, $"{run}/refuse", $"{tenant}/{run}", ("plan", "what. is it"), reason);
        await AssertRefusedAsync(town, $"{run}/requeue", $"{tenant}/{run}", reason);
        await AssertRefusedAsync(town, $"{run}/lists/plan", $"{tenant}/{run}");
        await AssertRefusedAsync(town, "runs/20260101T000000Z-0000/approve", tenant, ("plan", "all"), reason);
        await AssertRefusedAsync(town, "runs/20260101T000000Z-0000", tenant);
        await AssertRefusedAsync(town, "freeze", tenant, ("feed", "apple"), ("until", "yesterday"), ("what", "all"), reason);
        await AssertRefusedAsync(town, "freeze", tenant, ("feed", "other"), ("until", "2027-01-10"), ("what", "all"), reason);
        await AssertRefusedAsync(town, "thaw", tenant, ("feed", "apple"), reason);
    }

    private static async Task AssertRefusedAsync(Town town, string path, string back, params (string Name, string Value)[] form)
    {
        var answer = await town.PageAsync(KeyedCalls.Operator, path, form);
        var main = WebUtility.HtmlDecode(Regex.Match(answer.Text, "<main.*</main>", RegexOptions.Singleline).Value);

        Assert.True(answer.Status is 404 or 409, $"{path}: {answer.Status}");
        Assert.All(EnglishWords, word => Assert.DoesNotContain(word, main, StringComparison.Ordinal));
        Assert.Contains($"<a href=\"{back}\">", main, StringComparison.Ordinal);
    }

    private static string DanishOf(string page) => WebUtility.HtmlDecode(Regex.Match(page, "href=\"([^\"]*lang=da)\"").Groups[1].Value);

    private async Task<Town> HeldAsync()
    {
        var school = GuardTown.Of(("berget", 40)).Next();
        var town = await Town.StartAsync(azurite, school);
        Assert.Equal(0, await town.PassAsync());
        school.Losing("berget", 20, 40);
        Assert.Equal(3, await town.PassAsync());
        return town;
    }
}
