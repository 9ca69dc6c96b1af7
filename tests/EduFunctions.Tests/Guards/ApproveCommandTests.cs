using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>Held and approved as an operator sees it.</summary>
[Collection(AzuriteTests.Name)]
public sealed class ApproveCommandTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task By_command_a_held_plan_is_shown_and_approved()
    {
        await using var town = await HeldAsync();
        var (run, plan) = Shown(town);

        var stranger = await town.CommandAsync("approve", "--tenant", town.Id, "--run", "20260101T000000Z-0000", "--plan", plan);
        var wrong = await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--plan", new string('0', 64));
        var right = await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--plan", plan);
        var again = await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--plan", plan);

        Assert.Equal((2, 3, 0, 0), (stranger.ExitCode, wrong.ExitCode, right.ExitCode, again.ExitCode));
        Assert.Contains($"Plan {plan} was approved already, at ", again.Output);
        Assert.Contains($"by {Environment.UserName}", again.Output);
        Assert.Contains("holds no plan", wrong.Errors);
        Assert.Equal(2, town.DropBox.Received.Count);
        Assert.Contains("delivered", right.Output);
        Assert.True(right.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length <= 4, right.Output);
    }

    [Fact]
    public async Task By_HTTP_a_held_plan_is_shown_and_approved()
    {
        await using var town = await HeldAsync();
        var (run, plan) = Shown(town);
        await using var serving = await Serving.Serving.StartAsync(town);
        var address = $"/api/tenants/{town.Id}/runs/{run}";

        var shown = await serving.Http.GetFromJsonAsync<JsonObject>($"{address}/plans/apple");
        var wrong = await serving.Http.PostAsJsonAsync($"{address}/approve", new { plan = new string('0', 64) });
        var unread = await serving.Http.PostAsJsonAsync($"{address}/approve", new { hash = plan });
        var stranger = await serving.Http.PostAsJsonAsync($"/api/tenants/{town.Id}/runs/20260101T000000Z-0000/approve", new { plan });
        var tooShort = await serving.Http.PostAsJsonAsync($"{address}/approve", new { plan = plan[..7] });
        var right = await serving.Http.PostAsJsonAsync($"{address}/approve", new { plan = plan[..8] });

        Assert.Equal(HttpStatusCode.Conflict, tooShort.StatusCode);
        Assert.Equal(plan, (string?)shown!["hash"]);
        Assert.Equal(20, (int)shown["plan"]!["totals"]![0]!["removed"]!);
        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.BadRequest, HttpStatusCode.NotFound, HttpStatusCode.Accepted],
            [wrong.StatusCode, unread.StatusCode, stranger.StatusCode, right.StatusCode]);
        Assert.Equal("application/problem+json", wrong.Content.Headers.ContentType!.MediaType);
        Assert.Equal("delivered", (string?)(await serving.EndedAsync(address))["state"]);
        Assert.Equal(2, town.DropBox.Received.Count);
    }

    [Fact]
    public async Task By_command_a_held_plan_is_refused_and_says_first_what_that_does()
    {
        await using var town = await HeldAsync();
        var (run, plan) = Shown(town);

        var refused = await town.CommandAsync("refuse", "--tenant", town.Id, "--run", run, "--plan", plan);
        var approved = await town.CommandAsync("approve", "--tenant", town.Id, "--run", run, "--plan", plan);

        Assert.Equal((0, 3), (refused.ExitCode, approved.ExitCode));
        Assert.Contains("What is held stays as the target has it", refused.Output);
        Assert.Contains("was refused already", approved.Errors);
    }

    [Fact]
    public async Task By_HTTP_a_held_plan_is_refused_once_and_the_page_has_both_buttons()
    {
        await using var town = await HeldAsync();
        var (run, plan) = Shown(town);
        await using var serving = await Serving.Serving.StartAsync(town);
        var address = $"/api/tenants/{town.Id}/runs/{run}";

        var page = await serving.Http.GetStringAsync($"/tenants/{town.Id}/runs/{run}");
        var first = await serving.Http.PostAsJsonAsync($"{address}/refuse", new { plan });
        await serving.EndedAsync(address);
        var second = await serving.Http.PostAsJsonAsync($"{address}/refuse", new { plan });
        var approved = await serving.Http.PostAsJsonAsync($"{address}/approve", new { plan });

        Assert.Contains($"action=\"/tenants/{town.Id}/runs/{run}/approve\"", page);
        Assert.Contains($"action=\"/tenants/{town.Id}/runs/{run}/refuse\"", page);
        Assert.Contains("What a refusal does", page);
        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.Conflict], [first.StatusCode, second.StatusCode, approved.StatusCode]);
        Assert.Contains("was refused already", (string?)(await second.Content.ReadFromJsonAsync<JsonObject>())!["note"]);
    }

    /// <summary>What is held stays in the files that went out.</summary>
    [Fact]
    public async Task The_files_of_a_run_that_is_held_in_part_are_laid_out()
    {
        await using var town = await HeldAsync();

        Assert.Equal(40, new AppleZip(town.Zip).Rows("students.csv").Count);
        Assert.Equal(town.Zip, await File.ReadAllBytesAsync(town.DropBox.Received[^1].LocalFile));
    }

    [Fact]
    public async Task By_command_an_earlier_run_is_sent_again()
    {
        var school = GuardTown.Of(("berget", 40)).Next();
        await using var town = await Town.StartAsync(azurite, school);
        await town.PassAsync();
        var (run, zip) = ((string)town.Run["run"]!, town.Zip);
        school.Losing("berget", 39, 40);
        await town.PassAsync();

        var again = await town.CommandAsync("resend", "--tenant", town.Id, "--run", run);

        Assert.Equal(0, again.ExitCode);
        Assert.Equal(3, town.DropBox.Received.Count);
        Assert.Equal(zip, await File.ReadAllBytesAsync(town.DropBox.Received[^1].LocalFile));
    }

    private async Task<Town> HeldAsync()
    {
        var school = GuardTown.Of(("berget", 40)).Next();
        var town = await Town.StartAsync(azurite, school);
        Assert.Equal(0, await town.PassAsync());
        school.Losing("berget", 20, 40);
        var held = await town.SyncAsync();
        Assert.Equal(3, held.ExitCode);
        Assert.Contains(Shown(town).Plan, held.Output);
        return town;
    }

    private static (string Run, string Plan) Shown(Town town) => ((string)town.Run["run"]!, (string)town.Run["feeds"]![0]!["plan"]!["hash"]!);
}
