using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>Two hosts over one storage, as processes.</summary>
[Collection(HostTests.Name)]
public sealed class SyncBesideServeTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_sync_beside_a_live_run_goes_with_it_to_its_end_and_puts_each_file_once()
    {
        await using var town = await Town.StartAsync(azurite, GuardTown.Of(("berget", 30)));
        await using var serving = await Serving.StartAsync(town);
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(600);
        var begun = await serving.Http.PostAsJsonAsync($"/api/tenants/{town.Id}/sync", new { reason = "a new class" });
        var live = (string)(await begun.Content.ReadFromJsonAsync<JsonNode>())!["run"]!;

        var sync = await town.SyncAsync();

        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        var ended = await serving.EndedAsync($"/api/tenants/{town.Id}/runs/{live}");
        Assert.Equal("delivered", (string?)ended["state"]);
        Assert.Equal(0, sync.ExitCode);
        Assert.Equal("delivered", (string?)town.Run["state"]);
        Assert.NotEqual(live, (string?)town.Run["run"]);

        // Its own run, for another day, begins when the live one has ended.
        Assert.Equal(2, (await town.BlobsAsync("runs", ".json")).Count);
        Assert.Equal("skippedUnchanged", (string?)town.Run["feeds"]![0]!["state"]);
        Assert.Single(town.DropBox.Received);
    }

    [Fact]
    public async Task Many_callers_at_once_begin_one_run_and_the_others_are_told_which()
    {
        await using var town = await Town.StartAsync(azurite);
        await using var one = await Serving.StartAsync(town);
        await using var other = await Serving.StartAsync(town);
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(200);

        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            number => (number % 2 == 0 ? one : other).Http.PostAsJsonAsync($"/api/tenants/{town.Id}/sync", new { reason = "a new class" })));

        var accepted = Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Accepted);
        var run = (string)(await accepted.Content.ReadFromJsonAsync<JsonNode>())!["run"]!;
        Assert.Equal(15, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        await one.EndedAsync($"/api/tenants/{town.Id}/runs/{run}");
        Assert.Single(await town.BlobsAsync("runs", ".json"));
        Assert.Single(town.DropBox.Received);
    }
}
