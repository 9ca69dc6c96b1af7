using System.Diagnostics;
using System.Runtime.InteropServices;
using EduFunctions.FunctionsHost;

// dotnet run --project tests/EduFunctions.FunctionsHost -- APP [PORT] [NAME=VALUE]…: runs a built or published app until stopped, and says how it started.
var settings = args.Where(argument => argument.Contains('=')).Select(argument => argument.Split('=', 2)).ToDictionary(part => part[0], part => part[1]);
settings.TryAdd(HostOptions.StorageSetting, "UseDevelopmentStorage=true");
var options = new HostOptions(Path.GetFullPath(args[0]), settings) { Port = int.TryParse(args.ElementAtOrDefault(1), out var port) ? port : 0 };

// Also while the app starts: a host that ended then would leave its worker behind.
var stopping = new TaskCompletionSource();
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

var clock = Stopwatch.StartNew();
await using var host = await AppHost.StartAsync(options);
using var http = new HttpClient { BaseAddress = host.Address };
using var answer = await http.GetAsync("/api/health");
using var worker = await host.WorkerAsync();
Console.WriteLine($"Functions: {string.Join(", ", host.Functions.Select(function => function.Name))}");
Console.WriteLine($"Loaded after {host.ColdStart.TotalSeconds:0.0} s, first answer ({(int)answer.StatusCode}) after {clock.Elapsed.TotalSeconds:0.0} s");
Console.WriteLine($"Worker: {worker.Id}, {worker.WorkingSet64 >> 20} MB");
Console.WriteLine($"Listening: {host.Address} (x-functions-key: {host.Keys.Host})");
await stopping.Task;
await host.StopAsync(TimeSpan.FromSeconds(30));

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.TrySetResult();
}
