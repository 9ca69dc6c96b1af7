using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EduFunctions.FunctionsHost;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;

namespace EduFunctions.Tests.App.Host;

/// <summary>The built app under the Functions host, with a town's settings, over a town's storage.</summary>
internal sealed class HostedApp : IAsyncDisposable
{
    /// <summary>The executable that <c>dotnet build</c> made, with what it needs beside it.</summary>
    public static string Folder { get; } = Path.Combine(
        Repository.Root, "src", "EduFunctions.App", "bin", Directory.GetParent(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar))!.Name, "net10.0", "linux-x64");

    private HostedApp(AppHost host)
    {
        Host = host;
        Http = new HttpClient { BaseAddress = host.Address };
        Http.DefaultRequestHeaders.Add("x-functions-key", host.Keys.Host);
    }

    public AppHost Host { get; }

    /// <summary>A caller with the key that opens everything.</summary>
    public HttpClient Http { get; }

    public string Log => string.Join('\n', Host.Log);

    public static Task<HostedApp> StartAsync(Town town, bool listensToQueues = true) => StartAsync(Options(town) with { ListensToQueues = listensToQueues });

    public static async Task<HostedApp> StartAsync(HostOptions options) => new(await AppHost.StartAsync(options));

    public static HostOptions Options(Town town) => Options(town.Storage, town.Environment);

    /// <summary>Messages that fail come back after a second; with host.json's half minute, poison would take minutes.</summary>
    public static HostOptions Options(string storage, params IEnumerable<KeyValuePair<string, string>> settings) =>
        new(Folder, Settings(storage, settings)) { RetryPause = TimeSpan.FromSeconds(1) };

    public static Dictionary<string, string> Settings(Town town) => Settings(town.Storage, town.Environment);

    private static Dictionary<string, string> Settings(string storage, IEnumerable<KeyValuePair<string, string>> further) => new(further)
    {
        [HostOptions.StorageSetting] = storage,
        [QuickStart.Variable] = QuickStart.Yes,
        ["NightlySchedule"] = "0 30 * * * *",
        ["ChangesSchedule"] = "0 50 * * * *",
        ["WatchSchedule"] = "0 10 * * * *",

        // Whenever the tests run, it is the tenants' night.
        ["NightlyHour"] = Town.HourNow,
    };

    public async Task<string> SyncAsync(string tenant)
    {
        using var answer = await Http.PostAsync($"/api/tenants/{tenant}/sync", null);
        return (string)(await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["run"]!;
    }

    /// <summary>The tenant's newest run once it is over.</summary>
    public async Task<JsonNode> EndedAsync(string tenant)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (true)
        {
            try
            {
                var runs = await Http.GetFromJsonAsync<JsonArray>($"/api/tenants/{tenant}/runs", patience.Token);
                if (runs is [{ } newest, ..] && newest["finished"] is not null)
                {
                    return newest;
                }
            }
            catch (HttpRequestException)
            {
                // Between two workers nobody answers.
            }
            catch (OperationCanceledException e)
            {
                throw new InvalidOperationException($"The run of {tenant} does not end:\n{Log}", e);
            }

            await Task.Delay(250);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }
}
