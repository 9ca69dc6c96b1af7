using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>The night takes every tenant there is, so these tests have a storage of their own.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class NightTests : IAsyncLifetime
{
    private readonly AzuriteFixture _own = new();

    public Task InitializeAsync() => _own.InitializeAsync();

    public Task DisposeAsync() => _own.DisposeAsync();

    [Fact]
    public async Task The_timer_begins_one_night_however_often_it_fires()
    {
        await using var town = await Town.StartAsync(_own);
        town.Environment["NightlySchedule"] = "*/2 * * * * *";
        town.Environment["NightlyHour"] = Town.HourNow;
        await using var serving = await Serving.StartAsync(town);

        var run = await EndedAsync(serving, town.Id);

        Assert.Equal("nightly", (string?)run["trigger"]);
        Assert.Equal("delivered", (string?)run["state"]);
        await Task.Delay(TimeSpan.FromSeconds(5));
        Assert.Single((await serving.Http.GetFromJsonAsync<JsonArray>($"/api/tenants/{town.Id}/runs"))!);
        Assert.Single(town.DropBox.Received);
    }

    [Fact]
    public async Task One_tenants_trouble_leaves_the_others_their_night()
    {
        await using var town = await Town.StartAsync(_own);
        Directory.CreateDirectory(Path.Combine(town.Folder, "tenants"));
        await File.WriteAllTextAsync(Path.Combine(town.Folder, "tenants", "a-broken.json"), """{ "id": "a-broken", "name": 1 }""");
        await File.WriteAllTextAsync(Path.Combine(town.Folder, "tenants", "z-broken.json"), """{ "id": "z-broken", "feeds": {} }""");
        town.Environment["NightlySchedule"] = "*/2 * * * * *";
        town.Environment["NightlyHour"] = Town.HourNow;
        await using var serving = await Serving.StartAsync(town);

        var run = await EndedAsync(serving, town.Id);
        var refused = await EndedAsync(serving, "a-broken");

        Assert.Equal("delivered", (string?)run["state"]);
        Assert.Equal("failed", (string?)refused["state"]);
        Assert.Contains("$.name", (string?)refused["stateReason"]);
    }

    private static Task<JsonNode> EndedAsync(Serving serving, string tenant) =>
        serving.EndedAsync($"/api/tenants/{tenant}/runs", runs => runs.AsArray().LastOrDefault());
}
