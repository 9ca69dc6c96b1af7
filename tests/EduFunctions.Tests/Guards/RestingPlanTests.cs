using System.Net;
using System.Text.Json.Nodes;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Http;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>A plan waits, and somebody lets its target rest: page, API and commands say so before anybody answers, and nobody is told what will not be.</summary>
[Collection(CommandTests.Name)]
public sealed class RestingPlanTests(AzuriteFixture azurite)
{
    private const string Until = "2027-01-10";

    [Theory]
    [InlineData("all", "Flödet apple är pausat till 2027-01-10 av olle", "Feed apple is paused until 2027-01-10 by olle (freeze)")]
    [InlineData("removals", "Ingen tas bort ur målsystemet för flödet apple före 2027-01-10, enligt olle", "Nobody leaves the target of feed apple until 2027-01-10, by olle (freeze)")]
    public async Task Nothing_answers_a_plan_whose_target_rests_since_and_all_say_the_same_of_it(string what, string swedish, string english)
    {
        await using var town = await HeldAsync();
        var (run, plan) = Shown(town);
        Assert.Contains("Godkänn planen", await PageAsync(town, $"runs/{run}"), StringComparison.Ordinal);
        await FreezeAsync(town, what);

        var page = await PageAsync(town, $"runs/{run}");
        Assert.Contains(swedish, page, StringComparison.Ordinal);
        Assert.All(
            ["Godkänn planen", "Avvisa planen", "när planen har godkänts", "kan besvaras fram till", "om planen avvisas"], words => Assert.DoesNotContain(words, page, StringComparison.Ordinal));
        foreach (var front in new[] { await PageAsync(town, ""), WebUtility.HtmlDecode((await town.FrontAsync(KeyedCalls.Operator)).Text) })
        {
            Assert.Contains("apple: <span", front, StringComparison.Ordinal);
        }

        var byPage = await town.PageAsync(KeyedCalls.Operator, $"runs/{run}/approve", ("plan", "all"), ("reason", "so it is"));
        var byCall = await town.ApiAsync(KeyedCalls.Operator, "POST", $"runs/{run}/approve", new JsonObject { ["plan"] = plan, ["reason"] = "so it is" }.ToJsonString());
        var refusal = await town.ApiAsync(KeyedCalls.Operator, "POST", $"runs/{run}/refuse", new JsonObject { ["plan"] = plan, ["reason"] = "so it is" }.ToJsonString());
        Assert.Equal((409, 409, 409), (byPage.Status, byCall.Status, refusal.Status));
        Assert.Contains(swedish, WebUtility.HtmlDecode(byPage.Text), StringComparison.Ordinal);
        Assert.Contains(english, byCall.Text, StringComparison.Ordinal);

        var (approve, held, shown) = (
            await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--all-feeds"), await town.CommandAsync("held"),
            await town.CommandAsync("plan", "--tenant", town.Id, "--run", run));
        Assert.Equal(3, approve.ExitCode);
        Assert.Contains(english, approve.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("To be let through", approve.Output, StringComparison.Ordinal);
        Assert.Contains($"# {town.Id} {run} apple cannot be let through: {english}", held.Output, StringComparison.Ordinal);
        Assert.Contains("It cannot be let through:", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("To let it through", shown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_the_thaw_the_same_plan_is_let_through()
    {
        await using var town = await HeldAsync();
        var (run, plan) = Shown(town);
        await FreezeAsync(town, "removals");
        var body = new JsonObject { ["plan"] = plan, ["reason"] = "so it is" }.ToJsonString();
        var resting = await town.ApiAsync(KeyedCalls.Operator, "POST", $"runs/{run}/approve", body);
        await town.ApiAsync(KeyedCalls.Operator, "POST", "thaw", """{ "feed": "apple", "reason": "the target is ready" }""");

        Assert.Contains("Godkänn planen", await PageAsync(town, $"runs/{run}"), StringComparison.Ordinal);
        Assert.Equal((409, 202), (resting.Status, (await town.ApiAsync(KeyedCalls.Operator, "POST", $"runs/{run}/approve", body)).Status));
    }

    /// <summary>What keeps a plan from being let through lies in the storage and in the tenant file: none of the tenant's secrets is needed to know it.</summary>
    [Theory]
    [InlineData("all", "Feed apple is paused until 2027-01-10 by olle (freeze)")]
    [InlineData("removals", "Nobody leaves the target of feed apple until 2027-01-10, by olle (freeze)")]
    [InlineData("the file", "Feed apple is paused until 2027-01-10 by the tenant file (freeze)")]
    [InlineData("another target", "and its plan is for sftp://")]
    [InlineData("another name", "Feed apple is no longer in the tenant file")]
    public async Task A_terminal_without_the_tenants_secrets_knows_what_keeps_a_plan_from_being_let_through(string cause, string told)
    {
        await using var town = await HeldAsync();
        var (run, plan) = Shown(town);
        await (cause is "all" or "removals" ? FreezeAsync(town, cause) : ChangeFileAsync(town, cause));
        town.Environment.Keys.Where(name => name.StartsWith("Secrets__", StringComparison.Ordinal)).ToList().ForEach(name => town.Environment.Remove(name));

        var (shown, held) = (await town.CommandAsync("plan", "--tenant", town.Id, "--run", run), await town.CommandAsync("held"));
        await File.WriteAllTextAsync(Path.Combine(town.Folder, "held.txt"), $"{town.Id} {run} {plan}");
        var approve = await town.CommandAsync("approve", "--file", "held.txt");

        Assert.Equal((0, 0, 3), (shown.ExitCode, held.ExitCode, approve.ExitCode));
        Assert.Contains("It cannot be let through:", shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("To let it through", shown.Output, StringComparison.Ordinal);
        Assert.Contains($"# {town.Id} {run} apple cannot be let through:", held.Output, StringComparison.Ordinal);
        Assert.All([shown.Output, held.Output, approve.Errors], text => Assert.Contains(told, text.ReplaceLineEndings(" "), StringComparison.Ordinal));
        Assert.DoesNotContain("To be let through", approve.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret is missing", approve.Errors, StringComparison.Ordinal);
    }

    /// <summary>Nothing speaks against it, but it could not be carried out from here: nothing is begun.</summary>
    [Fact]
    public async Task A_terminal_without_the_tenants_secrets_answers_no_plan()
    {
        await using var town = await HeldAsync();
        var (run, plan) = Shown(town);
        town.Environment.Remove("Secrets__dropbox");

        var approve = await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--plan", plan, "--reason", "so it is");

        Assert.Equal(3, approve.ExitCode);
        Assert.Contains("Nothing is done, and the plan still waits: A secret is missing on this host", approve.Errors, StringComparison.Ordinal);
    }

    /// <summary>The plan knows of it, and whatever does not rest goes by an approval.</summary>
    [Fact]
    public async Task A_plan_that_was_made_while_nobody_goes_can_be_let_through()
    {
        await using var town = await HeldAsync("removals", newcomers: 60);
        var (run, plan) = Shown(town);

        Assert.Contains("Godkänn planen", await PageAsync(town, $"runs/{run}"), StringComparison.Ordinal);
        Assert.Equal(0, (await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--plan", plan)).ExitCode);
    }

    /// <summary>Of what was planned while all rests, nothing is done.</summary>
    [Fact]
    public async Task A_night_in_which_a_target_rests_tells_of_nothing_that_the_target_does()
    {
        await using var town = await HeldAsync("all", code: 0);
        var run = (string)town.Run["run"]!;

        var page = await PageAsync(town, $"runs/{run}");
        var shown = await town.CommandAsync("plan", "--tenant", town.Id, "--run", run);

        Assert.Contains("pausat till 2027-01-10 av olle", page, StringComparison.Ordinal);
        Assert.All(["Vad målsystemet gör i natt", "när planen har godkänts", "om planen avvisas"], words => Assert.DoesNotContain(words, page, StringComparison.Ordinal));
        Assert.All(["deactivated", "To let it through", "Held:"], words => Assert.DoesNotContain(words, shown.Output, StringComparison.Ordinal));
    }

    /// <param name="rests">What waits already when the plan is made; null for nothing.</param>
    private async Task<Town> HeldAsync(string? rests = null, int newcomers = 0, int code = 3)
    {
        var school = GuardTown.Of(("berget", 40), ("dalen", 200)).Next();
        var town = await Town.StartAsync(azurite, school);
        Assert.Equal(0, await town.PassAsync());
        await (rests is null ? Task.CompletedTask : FreezeAsync(town, rests));
        school.Losing("berget", 20, 40).Losing("dalen", 199, 200);
        Enumerable.Range(0, newcomers).ToList().ForEach(number => school.Joining("berget", $"newcomer{number}"));
        Assert.Equal(code, await town.PassAsync());
        return town;
    }

    /// <summary>As whoever edits the file in place does.</summary>
    private static async Task ChangeFileAsync(Town town, string cause)
    {
        var feed = town.File["feeds"]![0]!.AsObject();
        switch (cause)
        {
            case "the file": feed["freeze"] = new JsonObject { ["until"] = Until }; break;
            case "another target": feed["delivery"]!["directory"] = "elsewhere"; break;
            default: feed["name"] = "pears"; break;
        }

        await town.Container("tenants").GetBlobClient($"{town.Id}.json").UploadAsync(new BinaryData(town.File.ToJsonString()), overwrite: true);
    }

    private static async Task FreezeAsync(Town town, string what) => Assert.Equal(200, (await town.ApiAsync(
        KeyedCalls.Operator, "POST", "freeze", new JsonObject { ["feed"] = "apple", ["until"] = Until, ["what"] = what, ["reason"] = "the target changes its year" }.ToJsonString())).Status);

    private static (string Run, string Plan) Shown(Town town) => ((string)town.Run["run"]!, (string)town.Run["feeds"]![0]!["plan"]!["hash"]!);

    private static async Task<string> PageAsync(Town town, string path) => WebUtility.HtmlDecode((await town.PageAsync(KeyedCalls.Operator, path)).Text);
}
