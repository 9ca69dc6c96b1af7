using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Azurite;
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

    /// <summary>For a scheduler that knows nothing of us, beside our timer or in its place.</summary>
    [Fact]
    public async Task By_command_tonight_is_seen_through_and_the_second_time_there_is_nothing_to_do()
    {
        await using var town = await Town.StartAsync(_own);
        town.WriteFile();
        await town.Container("tenants").GetBlobClient($"{town.Id}.json").UploadAsync(Path.Combine(town.Folder, "tenants", $"{town.Id}.json"));

        var first = await town.CommandAsync("night");
        var second = await town.CommandAsync("night");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Contains("delivered", first.Output);
        Assert.Equal("Every tenant has had its night.", second.Output.Trim());
        Assert.Single(town.DropBox.Received);
        Assert.Single(await town.BlobsAsync("runs", ".json"));
    }

    /// <summary>A scheduler that looks into the wrong storage would be told every night that all is well.</summary>
    [Theory]
    [InlineData("night")]
    [InlineData("held")]
    public async Task By_command_a_storage_without_tenants_is_told(string command)
    {
        await using var storage = await AzuriteServer.StartInMemoryAsync();

        var ended = await LocalHostProcess.RunAsync(new Dictionary<string, string>(), Path.GetTempPath(), command, "--storage", storage.ConnectionString);

        Assert.Equal((2, ""), (ended.ExitCode, ended.Output.Trim()));
        Assert.Contains("There is no tenant in this storage: it has none yet. Sync first, or name another storage by --storage.", ended.Errors);
    }

    /// <summary>A night command that is killed is taken up by the next one.</summary>
    [Fact]
    public async Task By_command_a_night_that_was_interrupted_is_gone_on_with()
    {
        await using var town = await Town.StartAsync(_own);
        town.WriteFile();
        await town.Container("tenants").GetBlobClient($"{town.Id}.json").UploadAsync(Path.Combine(town.Folder, "tenants", $"{town.Id}.json"));
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(400);
        using (var killed = LocalHostProcess.Start(town.Environment, town.Folder, "night", "--storage", town.Storage))
        {
            await Serving.UntilAsync(async () => (await town.BlobsAsync("snapshots", "000001.json.gz")).Count > 0);
            await killed.KillAsync();
        }

        town.Register.Habits.Latency = TimeSpan.Zero;
        var night = await town.CommandAsync("night");

        Assert.True(night.ExitCode == 0, night.Errors);
        Assert.Single(await town.BlobsAsync("runs", ".json"));
        Assert.Single(town.DropBox.Received);
    }

    private static Task<JsonNode> EndedAsync(Serving serving, string tenant) =>
        serving.EndedAsync($"/api/tenants/{tenant}/runs", runs => runs.AsArray().LastOrDefault());
}
