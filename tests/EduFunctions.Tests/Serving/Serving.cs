using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.Simulators.Http;
using EduFunctions.Simulators.Starting;
using EduFunctions.Tests.CommandLine;

namespace EduFunctions.Tests.Serving;

/// <summary>A local host that serves a town's tenant, as a process.</summary>
internal sealed class Serving : IAsyncDisposable
{
    private readonly LocalHostProcess _process;

    private Serving(LocalHostProcess process, string address)
    {
        _process = process;
        Http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public HttpClient Http { get; }

    /// <summary>What it has said so far on stderr, its log included.</summary>
    public string Errors => _process.Errors;

    /// <param name="listen">The address to listen on; it is called by the machine's own.</param>
    /// <param name="storage">Another way to the town's storage.</param>
    public static async Task<Serving> StartAsync(Town town, string listen = "127.0.0.1", string? storage = null)
    {
        town.WriteFile();
        var port = FreePort.Find();
        var process = LocalHostProcess.Start(
            town.Environment, town.Folder, "serve", "--tenants", "tenants", "--urls", $"http://{listen}:{port}", "--storage", storage ?? town.Storage);
        var serving = new Serving(process, $"http://127.0.0.1:{port}");
        await serving.ReadyAsync();
        return serving;
    }

    /// <summary>The run once it is over.</summary>
    public async Task<JsonNode> EndedAsync(string path, Func<JsonNode, JsonNode?>? pick = null)
    {
        using var patience = new CancellationTokenSource(Patience.Of(TimeSpan.FromMinutes(1)));
        while (true)
        {
            var answer = await Http.GetFromJsonAsync<JsonNode>(path, patience.Token);
            var run = pick is null ? answer : pick(answer!);
            if (run?["finished"] is not null)
            {
                return run;
            }

            await Task.Delay(200, patience.Token);
        }
    }

    /// <summary>Asks until the answer is as wanted.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds, int seconds = 60)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await holds())
        {
            await Task.Delay(200, patience.Token);
        }
    }

    public Task KillAsync() => _process.KillAsync();

    public Task FreezeAsync() => _process.FreezeAsync();

    public Task ThawAsync() => _process.ThawAsync();

    /// <summary>Stops it as a service manager does; its exit code.</summary>
    public async Task<int> StopAsync()
    {
        await _process.TerminateAsync();
        return (await _process.EndAsync()).ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _process.KillAsync();
        _process.Dispose();
    }

    private async Task ReadyAsync()
    {
        var (started, patience) = (Stopwatch.GetTimestamp(), Patience.Of(TimeSpan.FromSeconds(15)));
        while (true)
        {
            try
            {
                (await Http.GetAsync("/api/health")).EnsureSuccessStatusCode();
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(started) < patience)
            {
                await Task.Delay(100);
            }
            catch (HttpRequestException e)
            {
                throw new InvalidOperationException($"The local host does not serve:\n{_process.Errors}", e);
            }
        }
    }
}
