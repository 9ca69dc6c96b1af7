using EduFunctions.FunctionsHost;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>A worker that ended, and another that cannot start at once: as while an update is put into place.</summary>
[Collection(HostedTests.Name)]
public sealed class HostedKeeperTests(AzuriteFixture azurite) : IDisposable
{
    private const string Description = "worker.config.json";
    private const string Retries = "No other worker starts, it is tried again";

    private readonly DirectoryInfo _app = Directory.CreateTempSubdirectory("edufunctions-test-");

    public void Dispose() => _app.Delete(recursive: true);

    [Fact]
    public async Task A_worker_that_cannot_start_is_started_again_until_it_can_and_whoever_waits_gets_it()
    {
        await using var host = await StartAsync();
        using var ended = await host.WorkerAsync();

        await EndAsync(host, ended);
        var waiting = host.WorkerAsync();
        await UntilAsync(() => host.Log.Count(line => line.StartsWith(Retries, StringComparison.Ordinal)) >= 2);
        Assert.False(waiting.IsCompleted);
        Link(Description);

        using var next = await waiting;
        Assert.NotEqual(ended.Id, next.Id);
        await host.FireAsync("Watch");
    }

    [Fact]
    public async Task A_host_that_is_stopped_while_no_worker_starts_keeps_nobody_waiting()
    {
        await using var host = await StartAsync();
        using var ended = await host.WorkerAsync();
        await EndAsync(host, ended);
        var waiting = host.WorkerAsync();
        await UntilAsync(() => host.Log.Any(line => line.StartsWith(Retries, StringComparison.Ordinal)));

        await host.StopAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("There is no worker any more.", (await Assert.ThrowsAsync<InvalidOperationException>(() => waiting)).Message);
    }

    /// <summary>The built app, in a folder from which a file can be taken away.</summary>
    private Task<AppHost> StartAsync()
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(HostedApp.Folder))
        {
            Link(Path.GetFileName(entry));
        }

        return AppHost.StartAsync(HostedApp.Options(azurite.ConnectionString) with { AppFolder = _app.FullName, ListensToQueues = false });
    }

    private void Link(string entry) => File.CreateSymbolicLink(Path.Combine(_app.FullName, entry), Path.Combine(HostedApp.Folder, entry));

    private async Task EndAsync(AppHost host, System.Diagnostics.Process worker)
    {
        File.Delete(Path.Combine(_app.FullName, Description));
        worker.Kill();
        await UntilAsync(() => host.Log.Contains($"Worker {worker.Id} has ended; another is started."));
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!isSo())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
