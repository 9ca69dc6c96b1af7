using System.Collections.Concurrent;
using Azure.Storage.Blobs;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protocols.Soap;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Systems.Unilogin;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

[Collection(SourceTests.Name)]
public sealed class ManyHostsTests(AzuriteFixture azurite)
{
    private const int Hosts = 200;
    private const int AttemptsEach = 50;

    /// <summary>A killed host is one whose work ends at any point and that says nothing about it.</summary>
    [Fact]
    public async Task Ten_thousand_attempts_make_four_calls()
    {
        await using var server = await UniloginServer.StartAsync(SmallExport.Of(_ => ["Ida"]));
        server.Habits.Latency = TimeSpan.FromMilliseconds(50);
        using var connections = new SoapConnections(new CallLimits());
        var allowed = new ConcurrentBag<Allowance>();

        await Parallel.ForEachAsync(Enumerable.Range(0, Hosts), new ParallelOptions { MaxDegreeOfParallelism = Hosts }, async (host, _) =>
        {
            var budget = new CallBudget(new BlobStorage(new BlobServiceClient(azurite.ConnectionString)));
            using var service = WsiEksport.Open(Settings(server), connections, TimeProvider.System);
            var random = new Random(host);
            for (var attempt = 0; attempt < AttemptsEach; attempt++)
            {
                using var death = new CancellationTokenSource();
                var call = new PullCall(Guid.NewGuid(), DateTimeOffset.UtcNow, $"tenant-{host}", $"run-{attempt}", "");
                var allowance = await budget.TryTakeAsync(service.Endpoint, "999001", call, CallBudget.MostPerDay, 2, CancellationToken.None);
                if (allowance.IsTaken)
                {
                    // Half of the calls are killed while the service is at work on them.
                    allowed.Add(allowance);
                    await CallAsync(service, server, random.Next(2) == 0 ? death : null);
                }
            }
        });

        Assert.Equal(4, allowed.Count);

        // One that is killed while another's call arrives may not have made its own.
        Assert.InRange(server.Pulls.Count, 1, 4);
    }

    [Fact]
    public async Task Hosts_that_die_between_counting_and_calling_never_make_a_fifth_call()
    {
        await using var server = await UniloginServer.StartAsync(SmallExport.Of(_ => ["Ida"]));
        using var connections = new SoapConnections(new CallLimits());

        await Parallel.ForEachAsync(Enumerable.Range(0, 20), new ParallelOptions { MaxDegreeOfParallelism = 20 }, async (host, _) =>
        {
            var budget = new CallBudget(azurite.Blobs);
            using var service = WsiEksport.Open(Settings(server), connections, TimeProvider.System);
            using var death = new CancellationTokenSource(TimeSpan.FromMilliseconds(10 * host));
            try
            {
                while (true)
                {
                    var call = new PullCall(Guid.NewGuid(), DateTimeOffset.UtcNow, "tenant", $"{host}", "");
                    if ((await budget.TryTakeAsync(service.Endpoint, "999001", call, CallBudget.MostPerDay, 2, death.Token)).IsTaken)
                    {
                        await CallAsync(service, server, death);
                    }
                }
            }
            catch (OperationCanceledException)
            {
                // Dead.
            }
        });

        Assert.InRange(server.Pulls.Count, 0, 4);
    }

    private static async Task CallAsync(WsiEksport service, UniloginServer server, CancellationTokenSource? death)
    {
        var before = server.Pulls.Count;
        using var page = new SpooledPage();
        var calling = service.PullAsync("999001", new EduFunctions.Pipeline.Systems.Unilogin.Export.ExportFilter(false, false, false), page, TimeSpan.FromMinutes(2), death?.Token ?? default);
        while (death is not null && !calling.IsCompleted && server.Pulls.Count == before)
        {
            await Task.Delay(5);
        }

        try
        {
            await (death?.CancelAsync() ?? Task.CompletedTask);
            await calling;
        }
        catch (OperationCanceledException)
        {
            // Dead.
        }
    }

    private static UniloginSettings Settings(UniloginServer server) => new()
    {
        Type = "unilogin",
        Version = 6,
        Endpoint = server.Endpoint(6),
        Package = "fuld",
        Institutions = ["999001"],
        Username = server.Username,
        Password = new("password", server.Password),
    };
}
