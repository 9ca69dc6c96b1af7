using System.Text.Json.Nodes;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>The platform takes a host away while it decides.</summary>
[Collection(HostedTests.Name)]
public sealed class HostedScaleInTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_host_that_goes_in_the_midst_of_transform_poisons_nothing_and_counts_no_try()
    {
        await using var town = await Town.StartAsync(azurite);
        town.WriteFile();
        await town.Container("tenants").GetBlobClient($"{town.Id}.json").UploadAsync(Path.Combine(town.Folder, "tenants", $"{town.Id}.json"));
        await using var far = new FarStorage(town.Storage);
        var run = "";
        await using (var app = await HostedApp.StartAsync(HostedApp.Options(far.ConnectionString, town.Environment)))
        {
            run = await TransformingAsync(town, far, app);

            await app.Host.StopAsync(TimeSpan.FromSeconds(30));
        }

        var record = await RecordAsync(town, run);
        var queues = MessageQueues.Open(town.Storage);
        var waiting = Assert.Single((await queues[Queues.Transform].PeekMessagesAsync(10)).Value, message => MessageText.Plain(message.MessageText).Contains(run, StringComparison.Ordinal));
        Assert.Equal(0, waiting.DequeueCount);
        Assert.Equal(("transforming", null), ((string?)record["state"], (string?)record["lastError"]));
        Assert.DoesNotContain((await queues.Poison(Queues.Transform).PeekMessagesAsync(10)).Value, message => MessageText.Plain(message.MessageText).Contains(run, StringComparison.Ordinal));

        await using var other = await HostedApp.StartAsync(town);
        Assert.Equal("delivered", (string?)(await other.EndedAsync(town.Id))["state"]);
    }

    /// <summary>A run whose rosters are being written while the storage stands still; one that was quicker is followed by another.</summary>
    private static async Task<string> TransformingAsync(Town town, FarStorage far, HostedApp app)
    {
        while (true)
        {
            var run = await app.SyncAsync(town.Id);
            while (!(await town.BlobsAsync("rosters", "")).Any(blob => blob.Contains($"/{run}/", StringComparison.Ordinal)))
            {
                await Task.Delay(2);
            }

            far.Blobs.State = RoadState.Hanging;
            await Task.Delay(500);
            if ((string?)(await RecordAsync(town, run))["state"] == "transforming")
            {
                return run;
            }

            far.Blobs.State = RoadState.Open;
            await app.EndedAsync(town.Id);
        }
    }

    private static async Task<JsonNode> RecordAsync(Town town, string run) =>
        JsonNode.Parse((await town.Container("runs").GetBlobClient($"{town.Id}/{run}.json").DownloadContentAsync()).Value.Content)!;
}
