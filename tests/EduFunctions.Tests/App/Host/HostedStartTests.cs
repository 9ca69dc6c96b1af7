using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Azurite;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>An app that starts where nothing is made yet, or where nothing answers.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class HostedStartTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edufunctions-test-");
    private AzuriteServer _empty = null!;

    public async Task InitializeAsync() => _empty = await AzuriteServer.StartAsync(_folder.FullName);

    public async Task DisposeAsync()
    {
        await _empty.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Queues_and_containers_are_made_by_the_app_that_starts_first()
    {
        await using var app = await HostedApp.StartAsync(HostedApp.Options(_empty.ConnectionString));

        var (status, problems) = await HealthAsync(app);

        Assert.Equal((HttpStatusCode.OK, ""), (status, problems));
    }

    [Fact]
    public async Task A_storage_that_is_away_ends_no_worker_and_health_says_what_is_wrong_until_all_is_there()
    {
        await using var far = new FarStorage(_empty.ConnectionString) { State = RoadState.Resetting };
        await using var app = await HostedApp.StartAsync(HostedApp.Options(far.ConnectionString) with { ListensToQueues = false });
        using var worker = await app.Host.WorkerAsync();

        Assert.Contains("The storage cannot be prepared: ", app.Log, StringComparison.Ordinal);
        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, "storage: It does not answer. queues: It does not answer. planner: It does not answer."), await HealthAsync(app));

        far.State = RoadState.Open;
        await new BlobStorage(new BlobServiceClient(_empty.ConnectionString)).CreateContainersAsync(CancellationToken.None);
        await UntilAsync(app, (HttpStatusCode.ServiceUnavailable, "queues: The queue extract does not exist."));
        await StorageSetup.MakeQueuesAsync(new QueueServiceClient(_empty.ConnectionString), CancellationToken.None);
        await UntilAsync(app, (HttpStatusCode.OK, ""));

        using var same = await app.Host.WorkerAsync();
        Assert.Equal(worker.Id, same.Id);
    }

    [Fact]
    public async Task A_setting_that_is_wrong_ends_the_worker_with_its_sentence_and_without_the_settings_text()
    {
        var settings = new Dictionary<string, string> { ["KeyVaultUri"] = "AccountKey=c2VjcmV0" };

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => HostedApp.StartAsync(HostedApp.Options(_empty.ConnectionString, settings)));

        Assert.Contains("The setting KeyVaultUri must be an https address", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refused.Message, StringComparison.Ordinal);
    }

    private static async Task<(HttpStatusCode Status, string Problems)> HealthAsync(HostedApp app)
    {
        using var answer = await app.Http.GetAsync("/api/health");
        var checks = (await answer.Content.ReadFromJsonAsync<JsonNode>())!["checks"]!.AsArray().Where(check => check!["problem"] is not null);
        return (answer.StatusCode, string.Join(' ', checks.Select(check => $"{check!["name"]}: {check["problem"]}")));
    }

    /// <summary>A bad answer is kept for five seconds.</summary>
    private static async Task UntilAsync(HostedApp app, (HttpStatusCode Status, string Problems) expected)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        for (var health = await HealthAsync(app); health != expected; health = await HealthAsync(app))
        {
            Assert.False(patience.IsCancellationRequested, $"{health} instead of {expected}");
            await Task.Delay(500);
        }
    }
}
