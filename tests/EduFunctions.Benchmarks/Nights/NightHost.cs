using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Snapshots;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Sftp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>The process whose night is measured: all stages over queues and blobs; storage, source and drop box run elsewhere.</summary>
internal static class NightHost
{
    public const string Name = "night-host";
    public const string ResultFile = "night.json";
    public const string SourceSecret = "bench-educloud";
    public const string DropBoxSecret = "bench-dropbox";
    public const string LearnSecret = "bench-learn";

    public static Command Create()
    {
        var storage = new Option<string>("--storage") { Required = true };
        var secret = new Option<string>("--source-secret") { Required = true };
        var output = new Option<DirectoryInfo>("--out") { Required = true };
        var served = new Option<bool>("--served");
        var command = new Command(Name) { storage, secret, output, served };
        command.Hidden = true;
        command.SetAction(async (parsed, ct) =>
        {
            var result = await RunAsync(parsed.GetValue(storage)!, parsed.GetValue(secret)!, parsed.GetValue(served), ct);
            await File.WriteAllTextAsync(
                Path.Combine(parsed.GetValue(output)!.FullName, ResultFile), JsonSerializer.Serialize(result, Serialization.Indented), ct);
            Console.WriteLine(SelfUsage.Read().ToJson());
        });
        return command;
    }

    private static async Task<TimedNight> RunAsync(string storage, string secret, bool isServed, CancellationToken ct)
    {
        var meter = new StorageMeter();
        await using var services = Services(storage, secret, meter);
        var pipeline = services.GetRequiredService<RosterPipeline>();
        var started = Stopwatch.GetTimestamp();
        var next = await pipeline.StartNightAsync(ct);
        var queues = Queues(storage, meter);
        var elapsed = isServed
            ? await new ServedNight(pipeline, services.GetRequiredService<RunStore>(), queues).RunAsync(started, next, ct)
            : await new NightPump(pipeline, queues).RunAsync(started, next, ct);
        var count = meter.Count;
        var alive = next.Extract.Where(message => !DeadNeighbours.IsDead(message.Tenant));
        var runs = await Task.WhenAll(alive.Select(message => ReadAsync(services, message, ct)));
        return new TimedNight(
            runs.Length,
            runs.Count(run => run.Record.State is RunState.Delivered or RunState.DeliveredWithErrors),
            elapsed.TotalSeconds,
            runs.Sum(run => run.Snapshot.Collections.Values.Sum(collection => collection.Pages.Count)),
            runs.Sum(run => run.Snapshot.Collections.Values.SelectMany(collection => collection.Pages).Sum(page => page.StoredBytes)),
            runs.Sum(run => run.Record.Feeds.SelectMany(feed => feed.Files).Sum(file => file.Bytes)),
            count);
    }

    private static async Task<(RunRecord Record, SnapshotManifest Snapshot)> ReadAsync(
        IServiceProvider services, ExtractMessage run, CancellationToken ct)
    {
        var record = (await services.GetRequiredService<RunStore>().FindAsync(run.Tenant, run.Run, ct))!;
        var snapshot = await Snapshot.FindAsync(services.GetRequiredService<Pipeline.Storage.BlobStorage>(), run.Tenant, run.Run, ct);
        return (record, snapshot?.Manifest ?? throw new InvalidOperationException($"Run {run.Run} is {record.State}: {record.StateReason}"));
    }

    private static ServiceProvider Services(string storage, string secret, StorageMeter meter)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["AzureWebJobsStorage"] = storage,

                // Whenever the benchmark runs, it is night.
                ["NightlyHour"] = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Europe/Stockholm").Hour.ToString(CultureInfo.InvariantCulture),
                [$"Secrets:{SourceSecret}"] = secret,
                [$"Secrets:{DropBoxSecret}"] = new DropBoxOptions().Password,
                [$"Secrets:{LearnSecret}"] = new LearnIntegration().Password,
            })
            .Build();
        var options = new BlobClientOptions();
        options.AddPolicy(meter.ForBlobs, HttpPipelinePosition.PerRetry);

        // The last registration counts.
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddRosterPipeline(configuration)
            .AddSingleton(new BlobServiceClient(storage, options))
            .BuildServiceProvider();
    }

    private static MessageQueues Queues(string storage, StorageMeter meter)
    {
        var options = new QueueClientOptions();
        options.AddPolicy(meter.ForQueues, HttpPipelinePosition.PerRetry);
        return new MessageQueues(new QueueServiceClient(storage, options));
    }
}

/// <summary>What a night came to, over all tenants.</summary>
/// <param name="Delivered">Tenants whose feeds all went out.</param>
/// <param name="SourceBytes">Pages as they came, compressed.</param>
/// <param name="FeedBytes">Files as they were delivered.</param>
internal sealed record TimedNight(int Tenants, int Delivered, double Seconds, int Pages, long SourceBytes, long FeedBytes, StorageCount Storage);
