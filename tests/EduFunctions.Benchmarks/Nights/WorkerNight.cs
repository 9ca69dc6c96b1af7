using System.CommandLine;
using System.Diagnostics;
using EduFunctions.Benchmarks.Measuring;
using EduFunctions.FunctionsHost;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>The same night in the function app: its worker, which is measured, under the tests' Functions host, which stands for the platform's.</summary>
internal static class WorkerNight
{
    public const string Name = "night-worker";

    private const int AskedAtOnce = 4;

    public static Command Create()
    {
        var app = new Option<DirectoryInfo>("--app") { Required = true };
        var storage = new Option<string>("--storage") { Required = true };
        var secret = new Option<string>("--source-secret") { Required = true };
        var output = new Option<DirectoryInfo>("--out") { Required = true };
        var asked = new Option<bool>("--asked");
        var command = new Command(Name) { app, storage, secret, output, asked };
        command.Hidden = true;
        command.SetAction(async (parsed, ct) =>
        {
            var options = new HostOptions(parsed.GetValue(app)!.FullName, Settings(parsed.GetValue(storage)!, parsed.GetValue(secret)!));
            await using var services = NightServices.Make(options.Storage, parsed.GetValue(secret)!, new StorageMeter(), day: 0);
            await NightHost.SaveAsync(await RunAsync(options, services, parsed.GetValue(asked), ct), parsed.GetValue(output)!, ct);
        });
        return command;
    }

    private static async Task<TimedNight> RunAsync(HostOptions options, IServiceProvider services, bool isAsked, CancellationToken ct)
    {
        var runs = services.GetRequiredService<RunStore>();
        var tenants = await services.GetRequiredService<TenantStore>().ListAsync(ct);
        var earlier = await Task.WhenAll(tenants.Select(tenant => runs.FindNewestAsync(tenant, ct)));
        await using var host = await AppHost.StartAsync(options);
        using var worker = await host.WorkerAsync();
        var (started, own, its) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, worker.TotalProcessorTime);
        await (isAsked ? AskAsync(host, tenants, ct) : host.FireAsync("Nightly"));
        var begun = await Task.WhenAll(tenants.Zip(earlier, async (tenant, before) => (tenant, await BegunAsync(runs, tenant, before, ct))));
        await ServedNight.EndedAsync(runs, begun, ct);
        var elapsed = Stopwatch.GetElapsedTime(started);
        worker.Refresh();
        var (cpu, hostCpu, peak) = (worker.TotalProcessorTime - its, Environment.CpuUsage.TotalTime - own, PeakMemory.Of(worker));
        var night = await TimedNight.OfAsync(services, begun, elapsed, cpu, storage: null, ct);
        return night with { PeakBytes = peak, HostCpuSeconds = Math.Round(hostCpu.TotalSeconds, 3) };
    }

    private static async Task AskAsync(AppHost host, IEnumerable<string> tenants, CancellationToken ct)
    {
        using var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Add("x-functions-key", host.Keys.Host);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AskedAtOnce, CancellationToken = ct };
        await Parallel.ForEachAsync(tenants, parallel, async (tenant, stop) =>
        {
            using var answer = await http.PostAsync($"/api/tenants/{tenant}/sync", null, stop);
            answer.EnsureSuccessStatusCode();
        });
    }

    private static async Task<string> BegunAsync(RunStore runs, string tenant, string? before, CancellationToken ct) =>
        await runs.FindNewestAsync(tenant, ct) is { } run && run != before ? run : throw new InvalidOperationException($"No night of {tenant} has begun.");

    /// <summary>As an app has them; what a name has below another is told by two underscores.</summary>
    private static Dictionary<string, string> Settings(string storage, string secret) =>
        NightServices.Settings(storage, secret).ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value)
            .Concat(new[] { "NightlySchedule", "ChangesSchedule", "WatchSchedule" }.Select(name => KeyValuePair.Create(name, "0 30 * * * *")))
            .ToDictionary();
}
