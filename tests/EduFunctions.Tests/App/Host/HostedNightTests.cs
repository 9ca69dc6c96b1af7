using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.App.Host;

/// <summary>The night takes every tenant there is, so these tests have storages of their own.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class HostedNightTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly string[][] GroupTypes = [["Undervisning"], ["Klass"], ["Mentor"], ["Undervisning", "Klass"], ["Klass", "Mentor"]];

    private readonly AzuriteFixture _functions = new();

    public Task InitializeAsync() => _functions.InitializeAsync();

    public Task DisposeAsync() => _functions.DisposeAsync();

    [Fact]
    public async Task A_night_of_five_tenants_delivers_what_sync_does_byte_for_byte()
    {
        await using var town = await Town.StartAsync(_functions);
        var tenants = WriteTenants(town, 5);
        await PublishAsync(town, tenants);
        await using var app = await HostedApp.StartAsync(town);

        await app.Host.FireAsync("Nightly");
        var runs = await Task.WhenAll(tenants.Select(app.EndedAsync));
        await using var commandLine = await AzuriteServer.StartInMemoryAsync();
        var synced = await LocalHostProcess.RunAsync(
            town.Environment, town.Folder, "sync", "--tenants", "tenants", "--out", "out", "--storage", commandLine.ConnectionString);

        Assert.True(synced.ExitCode == 0, synced.Errors);
        Assert.All(runs, run => Assert.Equal(("nightly", "delivered"), ((string?)run["trigger"], (string?)run["state"])));
        foreach (var (tenant, run) in tenants.Zip(runs))
        {
            var byCommand = Hash(JsonNode.Parse(File.ReadAllText(Path.Combine(town.Folder, "out", tenant, "run.json")))!);
            output.WriteLine($"{tenant}: functions {Hash(run)}, sync {byCommand}");
            Assert.Equal(byCommand, Hash(run));
        }

        Assert.Equal(5, runs.Select(Hash).Distinct().Count());
        Assert.Equal(10, town.DropBox.Received.Count);
        Assert.Equal(5, town.DropBox.Received.Select(file => file.Sha256).Distinct().Count());
    }

    [Fact]
    public async Task The_timer_puts_one_message_on_the_queue_for_each_tenant_and_none_the_second_time()
    {
        await using var town = await Town.StartAsync(_functions);
        var tenants = WriteTenants(town, 3);
        await PublishAsync(town, tenants);
        await using var app = await HostedApp.StartAsync(town, listensToQueues: false);

        await app.Host.FireAsync("Nightly");
        await app.Host.FireAsync("Watch");
        var messages = (await new QueueServiceClient(town.Storage).GetQueueClient(Queues.Extract).ReceiveMessagesAsync(10)).Value;

        var read = messages.Select(message => JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(message.Body.ToString())))!);
        Assert.Equal(tenants, read.Select(message => (string)message["tenant"]!).Order(StringComparer.Ordinal));
    }

    /// <summary>What nobody can read is kept, each by itself, and a name that is a path leads nowhere.</summary>
    [Fact]
    public async Task Messages_that_nobody_can_read_are_kept_whichever_queue_they_lie_on()
    {
        await using var town = await Town.StartAsync(_functions);
        await using var app = await HostedApp.StartAsync(town);
        var queues = new QueueServiceClient(town.Storage);
        string[] garbage =
        [
            Encoded("null"), Encoded("""{"tenant":"nordhamn"}"""), Encoded("""{"tenant":"q/../../runs/x","run":"20260901T193000Z-0a1b"}"""),
            .. Enumerable.Range(0, 6).Select(at => Encoded($"text {at}")),
        ];

        foreach (var text in garbage)
        {
            await queues.GetQueueClient(Queues.Extract).SendMessageAsync(text);
            await queues.GetQueueClient(Queues.Export + Queues.PoisonSuffix).SendMessageAsync(text);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await CountAsync(town, "unreadable/poison/") < 2 * garbage.Length)
        {
            await Task.Delay(500, patience.Token);
        }

        Assert.Equal(2 * garbage.Length, await CountAsync(town, ""));
    }

    [Fact]
    public async Task The_watch_looks_after_every_tenant()
    {
        await using var town = await Town.StartAsync(_functions);
        var tenants = WriteTenants(town, 2);
        await PublishAsync(town, tenants);
        await using var app = await HostedApp.StartAsync(town, listensToQueues: false);

        await app.Host.FireAsync("Watch");

        Assert.All(tenants, tenant => Assert.Contains(tenant, BlobNames(town)));
    }

    private static IEnumerable<string> BlobNames(Town town) => town.Container("state").GetBlobs().Select(blob => blob.Name.Split('/')[0]);

    private static async Task<int> CountAsync(Town town, string prefix) =>
        await town.Container("state").GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default).CountAsync();

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    /// <summary>Tenants like the town's, each with sections of other kinds, so that no two zips are alike by chance.</summary>
    private static List<string> WriteTenants(Town town, int count)
    {
        var tenants = Enumerable.Range(1, count).Select(at => $"{town.Id}-{at}").ToList();
        Directory.CreateDirectory(Path.Combine(town.Folder, "tenants"));
        foreach (var (at, id) in tenants.Index())
        {
            var file = town.File.DeepClone().AsObject();
            file["id"] = id;
            file["feeds"]![0]!["settings"] = new JsonObject { ["groupTypes"] = new JsonArray([.. GroupTypes[at].Select(type => JsonValue.Create(type))]) };
            File.WriteAllText(Path.Combine(town.Folder, "tenants", $"{id}.json"), file.ToJsonString());
        }

        return tenants;
    }

    private static async Task PublishAsync(Town town, IEnumerable<string> tenants)
    {
        foreach (var tenant in tenants)
        {
            await town.Container("tenants").GetBlobClient($"{tenant}.json").UploadAsync(Path.Combine(town.Folder, "tenants", $"{tenant}.json"), overwrite: true);
        }
    }

    private static string Hash(JsonNode run) => (string)run["feeds"]![0]!["files"]![0]!["sha256"]!;
}
