using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Many plans of many tenants, as an operator answers them the morning after: shown in a list, and let through by it.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ApproveListTests : IAsyncLifetime
{
    private readonly AzuriteFixture _own = new();

    public Task InitializeAsync() => _own.InitializeAsync();

    public Task DisposeAsync() => _own.DisposeAsync();

    [Fact]
    public async Task By_command_all_that_is_held_is_listed_and_what_is_left_of_the_list_is_approved()
    {
        await using var one = await HeldAsync();
        await using var other = await HeldAsync();
        var list = Path.Combine(one.Folder, "approved.txt");

        var listed = await one.CommandAsync("held");
        var lines = listed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await File.WriteAllLinesAsync(list, ["# this morning's", .. lines.Where(line => line.StartsWith(one.Id, StringComparison.Ordinal)), $"{other.Id} 20260101T000000Z-0000"]);
        var approved = await one.CommandAsync("approve", "--file", list);
        var left = await one.CommandAsync("held");
        var all = await one.CommandAsync("approve", "--run", $"{one.Id}/{RunOf(one)}", "--run", $"{other.Id}/{RunOf(other)}", "--all-feeds");

        Assert.Equal(4, lines.Length);
        Assert.All(lines, line => Assert.Contains("removed (limit", line));
        Assert.Equal(2, approved.ExitCode);
        Assert.Contains("has no run 20260101T000000Z-0000", approved.Errors);
        Assert.Contains($"{one.Id} {RunOf(one)} apple: 0 added", approved.Output);
        Assert.DoesNotContain(one.Id, left.Output);
        Assert.Equal(2, left.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(8, one.DropBox.Received.Count);
        Assert.Equal(0, all.ExitCode);
    }

    [Fact]
    public async Task By_command_one_plan_of_two_is_answered_and_the_other_is_told_as_waiting_still()
    {
        await using var town = await HeldAsync();

        var approved = await town.CommandAsync("approve", "--tenant", town.Id, "--run", RunOf(town), "--plan", PlanOf(town, 0), "--as", "Ola");
        var refused = await town.CommandAsync("refuse", "--tenant", town.Id, "--run", RunOf(town), "--plan", PlanOf(town, 1), "--as", "Eva");

        Assert.Equal((0, 0), (approved.ExitCode, refused.ExitCode));
        Assert.Contains($"Approved by Ola: apple of {town.Id}, run {RunOf(town)}. It is delivered now.", approved.Output);
        Assert.Contains($"{RunOf(town)} apple: approved by Ola, and sent: 0 added", approved.Output);
        Assert.Contains($"{RunOf(town)} still holds second: 0 added", approved.Output);
        Assert.Contains($"To let it through: approve --tenant {town.Id} --run {RunOf(town)} --plan {PlanOf(town, 1)[..12]}", approved.Output);
        Assert.Contains($"Refused by Eva: second of {town.Id}", refused.Output);
        Assert.DoesNotContain("still holds", refused.Output);
    }

    [Fact]
    public async Task A_plan_that_is_too_old_is_told_as_such_and_nobody_is_shown_how_to_approve_it()
    {
        await using var town = await HeldAsync();
        town.Environment["Pipeline__ApprovalLifetime"] = "00:00:00";
        var list = Path.Combine(town.Folder, "waiting.txt");

        var held = await town.CommandAsync("held");
        await File.WriteAllTextAsync(list, held.Output);
        var approved = await town.CommandAsync("approve", "--file", list);
        var plan = await town.CommandAsync("plan", "--tenant", town.Id);
        town.Environment.Remove("Pipeline__ApprovalLifetime");
        var inTime = await town.CommandAsync("plan", "--tenant", town.Id);

        Assert.Contains($"# {town.Id} {RunOf(town)} apple cannot be let through: The plan of run {RunOf(town)} is older than 0 hours, so it is void. Run again.", held.Output);
        Assert.All(held.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("# ", line));
        Assert.Contains("names no plan", approved.Errors);
        Assert.Contains("It cannot be let through: The plan of run", plan.Output);
        Assert.DoesNotContain("approve --tenant", plan.Output);
        Assert.Contains($"approve --tenant {town.Id}", inTime.Output);
    }

    [Fact]
    public async Task By_HTTP_a_list_is_answered_run_by_run_and_a_run_as_a_whole()
    {
        await using var one = await HeldAsync();
        await using var other = await HeldAsync();
        await using var serving = await Serving.Serving.StartAsync(one);
        const string stranger = "20260101T000000Z-0000";

        var list = await serving.Http.PostAsJsonAsync("/api/approvals", new
        {
            plans = new object[]
        {
            new { tenant = one.Id, run = RunOf(one), plan = (string?)PlanOf(one, 0) }, new { tenant = one.Id, run = RunOf(one), plan = (string?)PlanOf(one, 1) },
            new { tenant = one.Id, run = stranger }, new { tenant = "../x", run = "y" },
        }
        });
        var both = await serving.Http.PostAsJsonAsync($"/api/tenants/{other.Id}/runs/{RunOf(other)}/approve", new { plan = PlanOf(other, 0), allFeeds = true });
        var whole = await serving.Http.PostAsJsonAsync($"/api/tenants/{other.Id}/runs/{RunOf(other)}/approve", new { allFeeds = true });
        var answers = (await list.Content.ReadFromJsonAsync<JsonObject>())!["answers"]!.AsArray();

        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.BadRequest, HttpStatusCode.Accepted], [list.StatusCode, both.StatusCode, whole.StatusCode]);
        Assert.Equal([RunOf(one), stranger, "y"], answers.Select(answer => (string)answer!["run"]!));
        Assert.Equal([true, false, false], answers.Select(answer => answer!["refusal"] is null));
        Assert.Equal("delivered", (string?)(await serving.EndedAsync($"/api/tenants/{one.Id}/runs/{RunOf(one)}"))["state"]);
        Assert.Equal("delivered", (string?)(await serving.EndedAsync($"/api/tenants/{other.Id}/runs/{RunOf(other)}"))["state"]);
        Assert.Equal(8, one.DropBox.Received.Count);
    }

    private async Task<Town> HeldAsync()
    {
        var school = GuardTown.Of(("berget", 40)).Next();
        var town = await Town.StartAsync(_own, school);
        var second = town.File["feeds"]![0]!.DeepClone();
        (second["name"], second["delivery"]!["directory"]) = ("second", TenantJson.FolderOf("second"));
        town.File["feeds"]!.AsArray().Add(second);
        Assert.Equal(0, (await town.SyncAsync()).ExitCode);
        school.Losing("berget", 20, 40);
        Assert.Equal(3, (await town.SyncAsync()).ExitCode);
        return town;
    }

    private static string RunOf(Town town) => (string)town.Run["run"]!;

    private static string PlanOf(Town town, int feed) => (string)town.Run["feeds"]![feed]!["plan"]!["hash"]!;
}
