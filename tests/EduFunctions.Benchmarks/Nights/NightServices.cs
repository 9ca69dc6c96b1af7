using System.Globalization;
using Azure.Core;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Pipeline;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Sftp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>The pipeline of a process whose night is measured, and the settings that either host has.</summary>
internal static class NightServices
{
    public const string SourceSecret = "bench-educloud";
    public const string DropBoxSecret = "bench-dropbox";
    public const string LearnSecret = "bench-learn";

    public static Dictionary<string, string> Settings(string storage, string secret) => new()
    {
        ["AzureWebJobsStorage"] = storage,

        // Whenever the benchmark runs, it is night.
        ["NightlyHour"] = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(DateTimeOffset.UtcNow, "Europe/Stockholm").Hour.ToString(CultureInfo.InvariantCulture),
        [$"Secrets:{SourceSecret}"] = secret,
        [$"Secrets:{DropBoxSecret}"] = new DropBoxOptions().Password!,
        [$"Secrets:{LearnSecret}"] = new LearnIntegration().Password,
    };

    /// <param name="day">How many days from now it is.</param>
    public static ServiceProvider Make(string storage, string secret, StorageMeter meter, int day)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings(storage, secret).Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var options = new BlobClientOptions();
        options.AddPolicy(meter.ForBlobs, HttpPipelinePosition.PerRetry);

        // The last registration counts.
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddRosterPipeline(configuration)
            .AddSingleton(new BlobServiceClient(storage, options))
            .AddSingleton<TimeProvider>(new LaterClock(TimeSpan.FromDays(day)))
            .BuildServiceProvider();
    }

    public static MessageQueues Queues(string storage, StorageMeter meter)
    {
        var options = new QueueClientOptions();
        options.AddPolicy(meter.ForQueues, HttpPipelinePosition.PerRetry);
        return new MessageQueues(new QueueServiceClient(storage, options));
    }

    /// <summary>A night begins once in twelve hours, and nobody waits so long for the second one.</summary>
    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }
}
