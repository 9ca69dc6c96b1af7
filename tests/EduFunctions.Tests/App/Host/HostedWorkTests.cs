using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.ApplicationInsights;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>Messages as nobody should write them, those that fail for good, and what the worker says meanwhile: on its log, and to Application Insights.</summary>
[Collection(HostedTests.Name)]
public sealed class HostedWorkTests(HostedInsights hosted) : IClassFixture<HostedInsights>
{
    private readonly HostedApp _app = hosted.App;
    private readonly Town _town = hosted.Town;

    /// <summary>Each by itself, and a name that is a path leads nowhere.</summary>
    [Fact]
    public async Task Messages_that_nobody_can_read_are_kept_whichever_queue_they_lie_on()
    {
        string[] garbage =
        [
            Encoded("null"), Encoded("""{"tenant":"nordhamn"}"""), Encoded("""{"tenant":"q/../../runs/x","run":"20260901T193000Z-0a1b"}"""),
            Encoded(new string('[', 5000)),
            .. Enumerable.Range(0, 6).Select(at => Encoded($"text {at}")),
        ];

        foreach (var text in garbage)
        {
            await Queue(Queues.Extract).SendMessageAsync(text);
            await Queue(Queues.Export + Queues.PoisonSuffix).SendMessageAsync(text);
        }

        await UntilAsync(async () => await CountAsync("unreadable/poison/") >= 2 * garbage.Length);
        Assert.Equal(2 * garbage.Length, await CountAsync("unreadable/poison/"));
        Assert.Equal(garbage.Length, await CountAsync("unreadable/poison/", "-extract.json"));
        Assert.Equal(0, await CountAsync("q"));
    }

    [Fact]
    public async Task What_fails_five_times_ends_its_run_as_failed_and_is_kept()
    {
        _town.File["feeds"]![0]!["delivery"]!["port"] = 9;
        var tenants = TownTenants.Write(_town, 1);
        await TownTenants.PublishAsync(_town, tenants);

        await _app.SyncAsync(tenants[0]);
        var run = await _app.EndedAsync(tenants[0]);

        Assert.Equal("failed", (string?)run["state"]);
        Assert.Contains(_app.Host.Log, line => line.StartsWith("Try 5 of message", StringComparison.Ordinal));
        Assert.DoesNotContain(_app.Host.Log, line => line.StartsWith("Try 6 of message", StringComparison.Ordinal));
        Assert.Equal(1, await CountAsync($"{tenants[0]}/poison/", "-export-apple.json"));
    }

    [Fact]
    public async Task What_a_caller_has_begun_who_hangs_up_is_carried_to_its_end()
    {
        await RawHttp.HangUpAsync(
            _app.Host.Address, $"POST /api/tenants/{_town.Id}/sync HTTP/1.1\r\nHost: 127.0.0.1\r\nx-functions-key: {_app.Host.Keys.Host}\r\nContent-Length: 0\r\n\r\n");

        // 409 when the first call has begun a run; its message may have been lost with the call, and is sent again.
        using var again = await _app.Http.PostAsync($"/api/tenants/{_town.Id}/sync", null);
        var newest = await _app.EndedAsync(_town.Id);

        Assert.Contains(again.StatusCode, new[] { HttpStatusCode.Accepted, HttpStatusCode.Conflict });
        Assert.Equal("delivered", (string?)newest["state"]);
        Assert.All((await _app.Http.GetFromJsonAsync<JsonArray>($"/api/tenants/{_town.Id}/runs"))!, run => Assert.NotNull(run!["finished"]));
    }

    [Fact]
    public async Task Addresses_stay_out_of_the_log_and_out_of_telemetry()
    {
        var people = new Uri(_town.Register.BaseUrl).Authority;

        Assert.Contains(HostedInsights.EndOf(_town), _app.Log, StringComparison.Ordinal);
        Assert.DoesNotMatch($"{HostedInsights.Asked}|{Regex.Escape(people)}", _app.Log);
        Assert.All(hosted.Insights.Lines, line => Assert.DoesNotContain(HostedInsights.Asked, line, StringComparison.Ordinal));
        Assert.DoesNotContain(hosted.Lines(), line => HostedInsights.Says(line, people));
    }

    /// <summary>Of the app itself; of everybody else what is a warning at least.</summary>
    [Fact]
    public void Of_the_frameworks_lines_only_warnings_are_sent()
    {
        Assert.Contains("Application started", _app.Log, StringComparison.Ordinal);
        Assert.All(hosted.Lines().Where(line => Severity(line) is "Verbose" or "Information"), line => Assert.StartsWith("EduFunctions.", line.Property("CategoryName"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_host_is_told_to_leave_telemetry_to_the_worker_where_it_sends_its_own_and_only_there()
    {
        await using var silent = await HostedApp.StartAsync(HostedApp.Options(_town.Storage) with { ListensToQueues = false });

        Assert.Equal("True", _app.Host.Capabilities.GetValueOrDefault("WorkerOpenTelemetryEnabled"));
        Assert.DoesNotContain("WorkerOpenTelemetryEnabled", silent.Host.Capabilities.Keys);
    }

    [Fact]
    public void A_line_is_sent_once()
    {
        var ended = hosted.Lines().Where(line => HostedInsights.Says(line, $"transform {_town.Id}")).Select(line => line.Data.GetProperty("message").GetString()).ToList();

        Assert.NotEmpty(ended);
        Assert.Equal(ended.Distinct(), ended);
    }

    private QueueClient Queue(string name) => new QueueServiceClient(_town.Storage).GetQueueClient(name);

    private async Task<int> CountAsync(string prefix, string ending = "") =>
        await _town.Container("state").GetBlobsAsync(BlobTraits.None, BlobStates.None, prefix, default).CountAsync(blob => blob.Name.EndsWith(ending, StringComparison.Ordinal));

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string? Severity(TelemetryItem line) => line.Data.GetProperty("severityLevel").GetString();

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await isSo())
        {
            await Task.Delay(250, patience.Token);
        }
    }
}
