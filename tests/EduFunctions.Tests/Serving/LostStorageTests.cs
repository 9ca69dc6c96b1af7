using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>A storage that goes away, and messages that nobody can read: the host goes on, and says so. Each has a storage and queues of its own.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class LostStorageTests : IAsyncLifetime
{
    private readonly AzuriteFixture _own = new();

    public Task InitializeAsync() => _own.InitializeAsync();

    public Task DisposeAsync() => _own.DisposeAsync();

    [Fact]
    public async Task Queues_that_reset_their_connections_for_a_while_are_asked_again_and_the_log_says_when()
    {
        await using var town = await Town.StartAsync(_own);
        await using var far = new FarStorage(town.Storage);
        await using var serving = await Serving.StartAsync(town, storage: far.ConnectionString);

        far.Queues.State = RoadState.Resetting;
        await Serving.UntilAsync(() => Task.FromResult(serving.Errors.Split('\n').Count(line => line.Contains("cannot be asked")) > 7), seconds: 150);
        far.Queues.State = RoadState.Open;
        var run = await SyncedAsync(serving, town);

        Assert.Equal("delivered", (string?)run["state"]);
        Assert.Matches(@"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ warn: .*The queue extract cannot be asked \(the storage does not answer\)", serving.Errors);
    }

    [Fact]
    public async Task A_storage_that_is_away_in_the_midst_of_a_run_costs_the_run_nothing()
    {
        await using var town = await Town.StartAsync(_own);
        await using var far = new FarStorage(town.Storage);
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(300);
        await using var serving = await Serving.StartAsync(town, storage: far.ConnectionString);
        var path = await BeginAsync(serving, town);
        await Serving.UntilAsync(async () => (string?)(await serving.Http.GetFromJsonAsync<JsonNode>(path))!["state"] == "extracting");

        far.State = RoadState.Resetting;
        await Task.Delay(TimeSpan.FromSeconds(20));
        far.State = RoadState.Open;
        var run = await EndedAsync(town, path.Split('/')[^1]);

        Assert.Equal("delivered", (string?)run["state"]);
        Assert.Single(town.DropBox.Received);
        Assert.Equal(0, await serving.StopAsync());
    }

    [Fact]
    public async Task The_health_check_says_which_loops_get_no_answer_and_when_each_last_did()
    {
        await using var town = await Town.StartAsync(_own);
        await using var far = new FarStorage(town.Storage);
        await using var serving = await Serving.StartAsync(town, storage: far.ConnectionString);
        var good = (await serving.Http.GetFromJsonAsync<JsonNode>("/api/health"))!;
        Assert.Equal(
            ["ChangesSchedule", "NightlySchedule", "WatchSchedule", "export", "export-poison", "extract", "extract-poison", "transform", "transform-poison"],
            good["moving"]!.AsArray().Select(loop => (string)loop!["name"]!));

        far.Queues.State = RoadState.Resetting;
        await Serving.UntilAsync(async () => (await (await serving.Http.GetAsync("/api/health")).Content.ReadAsStringAsync()).Contains("export, export-poison, extract"), seconds: 180);
        far.Queues.State = RoadState.Open;

        await Serving.UntilAsync(async () => (await serving.Http.GetAsync("/api/health")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_message_that_is_no_base64_is_kept_and_those_beside_it_are_worked_on()
    {
        await using var town = await Town.StartAsync(_own);
        await using var serving = await Serving.StartAsync(town);
        var raw = new[] { "extract", "extract-poison" }.Select(queue => new QueueClient(town.Storage, queue)).ToList();

        foreach (var queue in raw)
        {
            await queue.SendMessageAsync($"{{ no base64 for {queue.Name} }}");
        }

        var run = await SyncedAsync(serving, town);

        Assert.Equal("delivered", (string?)run["state"]);
        await Serving.UntilAsync(async () => (await UnreadableAsync(town)).Order(StringComparer.Ordinal)
            .SequenceEqual(["{ no base64 for extract }", "{ no base64 for extract-poison }"]));
        Assert.All(raw, queue => Assert.Empty(queue.PeekMessages(10).Value));
    }

    [Fact]
    public async Task A_message_that_names_nothing_is_kept_at_once_and_under_nobodys_name()
    {
        await using var town = await Town.StartAsync(_own);
        await using var serving = await Serving.StartAsync(town);
        string[] texts = ["null", "{}", """{ "tenant": "../other", "run": "x" }""", "[1"];

        foreach (var text in texts)
        {
            await MessageQueues.Open(town.Storage)["transform"].SendMessageAsync(text);
        }

        await Serving.UntilAsync(async () => texts.ToHashSet().SetEquals(await UnreadableAsync(town)), seconds: 20);
    }

    [Fact]
    public async Task A_host_that_is_stopped_gives_its_messages_back_at_once()
    {
        await using var town = await Town.StartAsync(_own);
        town.Register.Habits.Latency = TimeSpan.FromSeconds(5);
        await using var serving = await Serving.StartAsync(town);
        var path = await BeginAsync(serving, town);
        await Serving.UntilAsync(async () => (string?)(await serving.Http.GetFromJsonAsync<JsonNode>(path))!["state"] == "extracting");

        var code = await serving.StopAsync();

        Assert.Equal(0, code);
        var message = Assert.Single((await MessageQueues.Open(town.Storage)["extract"].PeekMessagesAsync(10)).Value);
        Assert.Contains(town.Id, MessageText.Plain(message.MessageText));
        Assert.Equal(0, message.DequeueCount);
    }

    private static async Task<string> BeginAsync(Serving serving, Town town)
    {
        var answer = await serving.Http.PostAsync($"/api/tenants/{town.Id}/sync", null);
        answer.EnsureSuccessStatusCode();
        return answer.Headers.Location!.OriginalString;
    }

    private static async Task<JsonNode> SyncedAsync(Serving serving, Town town) => await EndedAsync(town, (await BeginAsync(serving, town)).Split('/')[^1]);

    /// <summary>Read from the storage itself: the host may be without it.</summary>
    private static async Task<JsonNode> EndedAsync(Town town, string run)
    {
        JsonNode? record = null;
        await Serving.UntilAsync(
            async () =>
            {
                var blob = await town.Container("runs").GetBlobClient($"{town.Id}/{run}.json").DownloadContentAsync();
                record = JsonNode.Parse(blob.Value.Content);
                return record!["finished"] is not null;
            },
            seconds: 150);
        return record!;
    }

    private static async Task<List<string>> UnreadableAsync(Town town)
    {
        var texts = new List<string>();
        await foreach (var blob in town.Container("state").GetBlobsAsync(
            global::Azure.Storage.Blobs.Models.BlobTraits.None, global::Azure.Storage.Blobs.Models.BlobStates.None, "unreadable/poison/", default))
        {
            texts.Add((await town.Container("state").GetBlobClient(blob.Name).DownloadContentAsync()).Value.Content.ToString());
        }

        return texts;
    }
}
