using EduFunctions.Benchmarks.Pages;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Simulators.EduCloud;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Benchmarks.Extracting;

/// <summary>The product's pull, and bare loops over the same pages with and without storing them.</summary>
internal sealed class ExtractArena(EduCloudServer source, IServiceProvider services, int pageSize)
{
    private readonly BlobStorage _blobs = services.GetRequiredService<BlobStorage>();

    public async Task PullAsync(int round, CancellationToken ct)
    {
        var settings = new EduCloudSettings
        {
            Type = "educloud",
            BaseUrl = source.BaseUrl,
            TokenUrl = source.TokenUrl,
            ClientId = source.ClientId,
            ClientSecret = new Secret("bench", source.ClientSecret),
            PageSize = pageSize,
        };
        var tenant = new Tenant { Id = PageFolder.Tenant, Name = PageFolder.Tenant, Source = settings, Feeds = [] };
        var snapshot = await SnapshotWriter.OpenAsync(_blobs, PageFolder.Tenant, $"ours-{round}", PageFolder.Extension, (_, _, _) => { }, ct);
        var educloud = services.GetRequiredService<Catalog<ISource>>()["educloud"];
        if (!await educloud.ExtractAsync(new Pull(tenant, $"ours-{round}", RunTrigger.CommandLine), snapshot, sliceEnds: default, ct))
        {
            throw new InvalidOperationException("The pull did not come to its end.");
        }

        await snapshot.SealAsync("educloud", DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, previous: null, ct);
    }

    public Task LoopAsync(CancellationToken ct) => LoopAsync((_, _, _) => Task.CompletedTask, ct);

    public Task LoopAndStoreAsync(int round, CancellationToken ct) =>
        LoopAsync((name, page, stop) => _blobs.WriteAsync(Containers.Snapshots, $"{PageFolder.Tenant}/bare-{round}/{name}", page, stop), ct);

    private async Task LoopAsync(Func<string, byte[], CancellationToken, Task> store, CancellationToken ct)
    {
        using var http = new HttpClient();
        await new BareLoop(http, source, pageSize, store).RunAsync(ct);
    }
}
