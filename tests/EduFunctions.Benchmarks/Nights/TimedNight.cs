using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>What a night came to, over all tenants.</summary>
/// <param name="Delivered">Tenants whose feeds all went out.</param>
/// <param name="CpuSeconds">Of the process that works, from the night's beginning to its end, so without its start.</param>
/// <param name="SourceBytes">Pages as they came, compressed.</param>
/// <param name="FeedBytes">Files as they were delivered.</param>
/// <param name="Messages">Those of the stages, one for each call.</param>
/// <param name="Storage">Null where it cannot be counted.</param>
internal sealed record TimedNight(
    int Tenants, int Delivered, double Seconds, double CpuSeconds, int Pages, long SourceBytes, long FeedBytes, int Messages, StorageCount? Storage)
{
    /// <summary>Of the process that works.</summary>
    public long PeakBytes { get; init; }

    /// <summary>Of the host that hands the messages to a worker; 0 where the process is its own host.</summary>
    public double HostCpuSeconds { get; init; }

    /// <summary>Empty where they are another process's.</summary>
    public IReadOnlyList<StageCall> Calls { get; init; } = [];

    public static TimedNight None { get; } = new(0, 0, 0, 0, 0, 0, 0, 0, null);

    /// <summary>What results keep of many tenants.</summary>
    public TimedNight WithoutCalls() => this with { Calls = [], Storage = Storage is null ? null : Storage with { Blobs = null } };

    /// <param name="runs">Tenant and run.</param>
    public static async Task<TimedNight> OfAsync(
        IServiceProvider services, IEnumerable<(string Tenant, string Run)> runs, TimeSpan wall, TimeSpan cpu, StorageCount? storage, CancellationToken ct)
    {
        var read = await Task.WhenAll(runs.Select(run => ReadAsync(services, run.Tenant, run.Run, ct)));
        var pages = read.SelectMany(run => run.Snapshot.Collections.Values).SelectMany(collection => collection.Pages).ToList();
        return new TimedNight(
            read.Length,
            read.Count(run => run.Record.State is RunState.Delivered or RunState.DeliveredWithErrors),
            Math.Round(wall.TotalSeconds, 3),
            Math.Round(cpu.TotalSeconds, 3),
            pages.Count,
            pages.Sum(page => page.StoredBytes),
            read.Sum(run => run.Record.Feeds.SelectMany(feed => feed.Files).Sum(file => file.Bytes)),
            read.Sum(run => 2 + run.Record.Feeds.Count),
            storage);
    }

    private static async Task<(RunRecord Record, SnapshotManifest Snapshot)> ReadAsync(IServiceProvider services, string tenant, string run, CancellationToken ct)
    {
        var record = (await services.GetRequiredService<RunStore>().FindAsync(tenant, run, ct))!;
        var snapshot = await Snapshot.FindAsync(services.GetRequiredService<BlobStorage>(), tenant, run, ct);
        return (record, snapshot?.Manifest ?? throw new InvalidOperationException($"Run {run} is {record.State}: {record.StateReason}"));
    }
}
