using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>Whatever ends in the middle of a stage, the run ends as one undisturbed run, and the target gets its zip once.</summary>
[Collection(HostedTests.Name)]
public sealed partial class HostedKillTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_killed_worker_is_followed_by_another_that_goes_on()
    {
        await using var town = await SlowTownAsync();
        var undisturbed = await UndisturbedAsync(town);
        await using var app = await HostedApp.StartAsync(town);
        await BeginAsync(town, app);
        using var worker = await app.Host.WorkerAsync();

        worker.Kill();
        await app.EndedAsync(town.Id);
        using var next = await app.Host.WorkerAsync();

        await AssertAsUndisturbedAsync(town, undisturbed);
        Assert.NotEqual(worker.Id, next.Id);
    }

    [Fact]
    public async Task A_host_that_is_taken_away_cancels_its_functions_and_gives_their_messages_back()
    {
        await using var town = await SlowTownAsync();
        var undisturbed = await UndisturbedAsync(town);
        await using (var app = await HostedApp.StartAsync(town))
        {
            await BeginAsync(town, app);
            using var worker = await app.Host.WorkerAsync();

            await app.Host.StopAsync(TimeSpan.FromSeconds(30));

            Assert.True(worker.HasExited);
            Assert.DoesNotContain(await town.BlobsAsync("snapshots", ""), blob => blob.EndsWith("manifest.json", StringComparison.Ordinal));
        }

        town.Register.Habits.Latency = TimeSpan.Zero;
        await using var other = await HostedApp.StartAsync(town);
        await other.EndedAsync(town.Id);

        await AssertAsUndisturbedAsync(town, undisturbed);
    }

    [Fact]
    public async Task A_killed_hosts_message_is_taken_up_by_another_host_though_the_orphaned_worker_lives_on()
    {
        await using var town = await SlowTownAsync();
        var undisturbed = await UndisturbedAsync(town);
        var settings = HostedApp.Settings(town).Select(setting => $"{setting.Key}={setting.Value}");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "EduFunctions.FunctionsHost.dll"), HostedApp.Folder, .. settings]);
        start.RedirectStandardOutput = true;
        using var host = Process.Start(start)!;
        using var orphan = await WorkerOfAsync(host);
        try
        {
            var queues = MessageQueues.Open(town.Storage);
            await using var other = await HostedApp.StartAsync(town, listensToQueues: false);
            await BeginAsync(town, other);

            host.Kill();
            await host.WaitForExitAsync();
            var run = Path.GetFileNameWithoutExtension((await town.BlobsAsync("runs", ".json")).Single());
            await using var next = await HostedApp.StartAsync(town);

            // As the queue would after ten minutes: nobody has taken the message away.
            await queues.SendAsync(NextMessages.Of(new ExtractMessage(town.Id, run)), CancellationToken.None);
            await next.EndedAsync(town.Id);

            await AssertAsUndisturbedAsync(town, undisturbed);
        }
        finally
        {
            orphan.Kill();
        }
    }

    [Fact]
    public async Task Two_hosts_at_once_make_one_run()
    {
        await using var town = await SlowTownAsync();
        var undisturbed = await UndisturbedAsync(town);
        await using var one = await HostedApp.StartAsync(town);
        await using var other = await HostedApp.StartAsync(town);

        var run = await one.SyncAsync(town.Id);

        // A queue may hand a message out twice.
        await MessageQueues.Open(town.Storage).SendAsync(NextMessages.Of(new ExtractMessage(town.Id, run)), CancellationToken.None);
        await other.EndedAsync(town.Id);

        await AssertAsUndisturbedAsync(town, undisturbed);
    }

    private async Task<Town> SlowTownAsync()
    {
        var town = await Town.StartAsync(azurite);
        town.WriteFile();
        return town;
    }

    /// <summary>What a run that nobody disturbs would send today.</summary>
    private static async Task<string> UndisturbedAsync(Town town)
    {
        var ended = await LocalHostProcess.RunAsync(
            town.Environment, town.Folder, "sync", "--tenants", "tenants", "--dry-run", "--out", "out", "--storage", town.Storage);
        Assert.True(ended.ExitCode == 0, ended.Errors);
        foreach (var container in (string[])["runs", "snapshots", "rosters"])
        {
            foreach (var blob in await town.BlobsAsync(container, ""))
            {
                await town.Container(container).DeleteBlobAsync(blob);
            }
        }

        await town.Container("state").DeleteBlobAsync($"{town.Id}/active.json");
        await town.Container("state").DeleteBlobIfExistsAsync($"{town.Id}/seal.jsonl");
        town.Register.Habits.Latency = TimeSpan.FromMilliseconds(400);
        await PublishAsync(town);
        return Hash(town.Run);
    }

    private static async Task PublishAsync(Town town) =>
        await town.Container("tenants").GetBlobClient($"{town.Id}.json").UploadAsync(Path.Combine(town.Folder, "tenants", $"{town.Id}.json"), overwrite: true);

    /// <summary>Begins a run and waits until it is in the middle of its pull.</summary>
    private static async Task BeginAsync(Town town, HostedApp app)
    {
        await app.SyncAsync(town.Id);
        while (!(await town.BlobsAsync("snapshots", ".gz")).Any(blob => blob.Contains("/persons/", StringComparison.Ordinal)))
        {
            await Task.Delay(20);
        }
    }

    private static async Task AssertAsUndisturbedAsync(Town town, string undisturbed)
    {
        var run = JsonNode.Parse((await town.Container("runs").GetBlobClient((await town.BlobsAsync("runs", ".json")).Single()).DownloadContentAsync()).Value.Content)!;
        Assert.Equal("delivered", (string?)run["state"]);
        Assert.Equal(undisturbed, Hash(run));
        Assert.Equal(undisturbed, Assert.Single(town.DropBox.Received).Sha256);
    }

    private static string Hash(JsonNode run) => (string)run["feeds"]![0]!["files"]![0]!["sha256"]!;

    private static async Task<Process> WorkerOfAsync(Process host)
    {
        while (await host.StandardOutput.ReadLineAsync() is { } line)
        {
            if (WorkerLine().Match(line) is { Success: true } worker)
            {
                return Process.GetProcessById(int.Parse(worker.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        throw new InvalidOperationException("The host does not start.");
    }

    [GeneratedRegex(@"^Worker: (\d+), \d+ MB$")]
    private static partial Regex WorkerLine();
}
