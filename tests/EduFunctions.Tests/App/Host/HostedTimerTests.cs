using System.Text;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>The two timers. They take every tenant there is, so these tests have a storage of their own.</summary>
public sealed class HostedTimerTests(AzuriteFixture own) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private Town _town = null!;
    private HostedApp _app = null!;
    private List<string> _tenants = [];

    public async Task InitializeAsync()
    {
        _town = await Town.StartAsync(own);
        _tenants = TownTenants.Write(_town, 3);
        await TownTenants.PublishAsync(_town, _tenants);
        _app = await HostedApp.StartAsync(_town, listensToQueues: false);
    }

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        await _town.DisposeAsync();
    }

    [Fact]
    public async Task The_night_is_one_message_for_each_tenant_and_the_watch_looks_after_each_and_begins_none()
    {
        await _app.Host.FireAsync("Watch");
        Assert.Empty(await MessagesAsync());
        Assert.All(_tenants, tenant => Assert.NotNull(_town.Container("state").GetBlobClient($"{tenant}/watch.json").GetProperties()));

        await _app.Host.FireAsync("Nightly");
        var messages = await MessagesAsync();
        Assert.Equal(_tenants, messages.Select(message => (string)message["tenant"]!).Order(StringComparer.Ordinal));

        // Nobody has begun with them: their messages may be lost, so they are sent again, of the same runs.
        await _app.Host.FireAsync("Nightly");
        Assert.Equal(Sorted(messages), Sorted(await MessagesAsync()));
        Assert.All(_tenants, tenant => Assert.Single(_town.Container("runs").GetBlobs(BlobTraits.None, BlobStates.None, $"{tenant}/", default)));
    }

    private static IEnumerable<string> Sorted(IEnumerable<JsonNode> messages) => messages.Select(message => message.ToJsonString()).Order(StringComparer.Ordinal);

    /// <summary>Takes all there are off the queue.</summary>
    private async Task<List<JsonNode>> MessagesAsync()
    {
        var queue = new QueueServiceClient(own.ConnectionString).GetQueueClient(Queues.Extract);
        var messages = (await queue.ReceiveMessagesAsync(32)).Value;
        await queue.ClearMessagesAsync();
        return [.. messages.Select(message => JsonNode.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(message.Body.ToString())))!)];
    }
}
