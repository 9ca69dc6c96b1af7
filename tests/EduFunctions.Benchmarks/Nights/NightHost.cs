using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>The process whose night is measured: all stages over queues and blobs; storage, source and drop box run elsewhere.</summary>
internal static class NightHost
{
    public const string Name = "night-host";
    public const string ResultFile = "night.json";

    // As the local host has it.
    private const int AtOnce = 4;

    public static Command Create()
    {
        var storage = new Option<string>("--storage") { Required = true };
        var secret = new Option<string>("--source-secret") { Required = true };
        var output = new Option<DirectoryInfo>("--out") { Required = true };
        var served = new Option<bool>("--served");
        var alone = new Option<bool>("--one-by-one");
        var day = new Option<int>("--day");
        var command = new Command(Name) { storage, secret, output, served, alone, day };
        command.Hidden = true;
        command.SetAction(async (parsed, ct) =>
        {
            var way = new NightWay(parsed.GetValue(served), parsed.GetValue(alone), parsed.GetValue(day));
            await SaveAsync(await RunAsync(parsed.GetValue(storage)!, parsed.GetValue(secret)!, way, ct), parsed.GetValue(output)!, ct);
        });
        return command;
    }

    /// <summary>Tells whoever has started this process.</summary>
    public static async Task SaveAsync(TimedNight night, DirectoryInfo output, CancellationToken ct)
    {
        await File.WriteAllTextAsync(Path.Combine(output.FullName, ResultFile), JsonSerializer.Serialize(night, Serialization.Indented), ct);
        Console.WriteLine(SelfUsage.Read().ToJson());
    }

    private static async Task<TimedNight> RunAsync(string storage, string secret, NightWay way, CancellationToken ct)
    {
        var meter = new StorageMeter();
        await using var services = NightServices.Make(storage, secret, meter, way.Day);
        var pipeline = services.GetRequiredService<RosterPipeline>();
        var queues = NightServices.Queues(storage, meter);
        var stages = new TimedStages(pipeline, meter, way.IsOneByOne);
        var (started, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var next = await pipeline.StartNightAsync(ct);
        var elapsed = way.IsServed
            ? await new ServedNight(stages, services.GetRequiredService<RunStore>(), queues).RunAsync(started, next, ct)
            : await new NightPump(stages, queues, way.IsOneByOne ? 1 : AtOnce).RunAsync(started, next, ct);
        cpu = Environment.CpuUsage.TotalTime - cpu;
        var alive = next.Extract.Where(message => !DeadNeighbours.IsDead(message.Tenant)).Select(message => (message.Tenant, message.Run));
        var night = await TimedNight.OfAsync(services, alive, elapsed, cpu, meter.Count, ct);
        return night with { Calls = stages.Calls, PeakBytes = Math.Max(SelfUsage.Read().PeakBytes, stages.Calls.Max(call => call.PeakBytes ?? 0)) };
    }
}

/// <summary>How a night is gone through.</summary>
/// <param name="IsServed">With the loops of the local host, which try again what has failed.</param>
/// <param name="IsOneByOne">One message after the other.</param>
/// <param name="Day">How many days from now it is.</param>
internal sealed record NightWay(bool IsServed, bool IsOneByOne, int Day);
