using System.Net;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Http;

/// <summary>What the front page and a tenant's own page say of plans that wait, and of those that nobody can answer.</summary>
[Collection(CommandTests.Name)]
public sealed class WaitingPlanTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_plan_that_waits_is_shown_beside_a_later_run_that_came_to_nothing(bool isDry)
    {
        await using var town = await HeldAsync();
        var held = (string)town.Run["run"]!;
        Assert.Empty(await WithPlanAsync(town, held));
        town.Environment.Remove("Secrets__educloud", out var secret);
        await town.SyncAsync(isDry ? ["--dry-run"] : []);
        town.Environment["Secrets__educloud"] = secret!;

        Assert.Equal(["/", "/tenants/…"], await WithPlanAsync(town, held));
    }

    [Fact]
    public async Task A_dry_run_waits_for_nobody_and_says_that_it_is_one()
    {
        await using var town = await HeldAsync(isDry: true);
        var front = await FrontAsync(town);
        var run = await PageAsync(town, $"runs/{(string)town.Run["run"]!}");

        Assert.DoesNotContain($"/tenants/{town.Id}\"", Waiting(front), StringComparison.Ordinal);
        Assert.Contains("provkörning", await PageAsync(town, ""), StringComparison.Ordinal);
        Assert.Contains("En provkörning: inget skickades", run, StringComparison.Ordinal);
    }

    private async Task<Town> HeldAsync(bool isDry = false)
    {
        var school = GuardTown.Of(("berget", 40)).Next();
        var town = await Town.StartAsync(azurite, school);
        Assert.Equal(0, await town.PassAsync());
        school.Losing("berget", 20, 40);
        Assert.Equal(3, await town.PassAsync(isDry));
        return town;
    }

    private static async Task<IEnumerable<string>> WithPlanAsync(Town town, string run) =>
        from page in new[] { (Path: "/", Text: await FrontAsync(town)), (Path: "/tenants/…", Text: await PageAsync(town, "")) }
        where page.Text.Contains("väntar fortfarande på svar", StringComparison.Ordinal) && page.Text.Contains($"/runs/{run}", StringComparison.Ordinal)
        select page.Path;

    /// <summary>The list of those who wait for somebody: other tests have tenants in the same storage.</summary>
    private static string Waiting(string front) =>
        front.IndexOf("Behöver åtgärdas", StringComparison.Ordinal) is >= 0 and var at ? front[at..front.IndexOf("</ul>", at, StringComparison.Ordinal)] : "";

    private static async Task<string> FrontAsync(Town town) => WebUtility.HtmlDecode((await town.FrontAsync(KeyedCalls.Operator)).Text);

    private static async Task<string> PageAsync(Town town, string path) => WebUtility.HtmlDecode((await town.PageAsync(KeyedCalls.Operator, path)).Text);
}
