using System.Text.Json.Nodes;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Sftp;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Serving;

/// <summary>Hosts that are taken away in the midst of work, more of them than a message has tries.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class ScaleInTests : IAsyncLifetime
{
    private const int MoreThanTries = 6;

    private readonly AzuriteFixture _own = new();

    public Task InitializeAsync() => _own.InitializeAsync();

    public Task DisposeAsync() => _own.DisposeAsync();

    [Fact]
    public async Task Six_hosts_that_go_in_mid_upload_poison_nothing_and_the_seventh_delivers()
    {
        await using var town = await Town.StartAsync(_own, dropBox: new DropBoxOptions { MaxBytesPerSecond = 20_000 });
        var path = "";
        for (var host = 0; host < MoreThanTries; host++)
        {
            await using var serving = await Serving.StartAsync(town);
            path = path.Length > 0 ? path : (await serving.Http.PostAsync($"/api/tenants/{town.Id}/sync", null)).Headers.Location!.OriginalString;
            var opened = town.DropBox.Events.Count(happened => happened.Event == "open");
            await Serving.UntilAsync(() => Task.FromResult(town.DropBox.Events.Count(happened => happened.Event == "open") > opened));

            Assert.Equal(0, await serving.StopAsync());
            Assert.All((await MessageQueues.Open(town.Storage)[Queues.Export].PeekMessagesAsync(10)).Value, message => Assert.Equal(0, message.DequeueCount));
        }

        await using var last = await Serving.StartAsync(town);
        var run = await last.EndedAsync(path);

        Assert.Equal(("delivered", null), ((string?)run["state"], (string?)run["lastError"]));
        Assert.Single(town.DropBox.Received);
        Assert.Empty((JsonArray)JsonNode.Parse(await last.Http.GetStringAsync("/api/poison"))!);
    }
}
