using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using EduFunctions.LocalHost.Serving;
using EduFunctions.Simulators.Alarms;
using EduFunctions.Simulators.ApplicationInsights;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;
using Xunit;

namespace EduFunctions.Tests.Telemetry;

/// <summary>A night of eight tenants, and the bytes that leave for Application Insights meanwhile.</summary>
public sealed class NightTelemetryTests(AzuriteFixture own) : IClassFixture<AzuriteFixture>
{
    private const int Tenants = 8;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly MarkedSchool _marked = new();

    [Fact]
    public async Task A_night_is_one_trace_per_tenant_with_every_metric_and_without_a_trace_of_anybody()
    {
        await using var insights = await IngestionServer.StartAsync();
        await using var chat = await WebhookReceiver.StartAsync();
        await using var town = await TownAsync(insights, chat);
        await LoseAPupilAsync(town);
        var tenants = WriteTenants(town);

        await using (await Serving.Serving.StartAsync(town))
        {
            await MessageQueues.Open(town.Storage).Poison("export").SendMessageAsync($$"""{"tenant":"{{town.Id}}","run":"20250901T193000Z-0a1b"}""");
            await UntilAsync(() => IsWhole(insights, tenants));
        }

        Assert.All(tenants, tenant => AssertOneTrace(insights.Items, tenant));
        AssertEvents(insights.Items, tenants, held: town.Id);
        AssertImpersonal(insights.Lines, chat);
        Assert.All(insights.Paths, path => Assert.Equal("/v2.1/track", path));
    }

    private static string[] Metrics { get; } =
    [
        "edufunctions.alarms", "edufunctions.bytes.in", "edufunctions.bytes.out", "edufunctions.deliveries", "edufunctions.exclusions", "edufunctions.freshness",
        "edufunctions.holds", "edufunctions.people.in", "edufunctions.people.out", "edufunctions.planner.age", "edufunctions.poison", "edufunctions.run.duration",
        "edufunctions.runs", "edufunctions.stage.duration", "edufunctions.watches",
    ];

    private static bool IsWhole(IngestionServer insights, IReadOnlyList<string> tenants)
    {
        var items = insights.Items;
        var ended = items.Where(item => item.Metric == "edufunctions.runs").Select(item => item.Property("tenant")).ToHashSet();
        var traced = items.Where(item => item.Kind == "RequestData" && Name(item) == "export").Select(item => item.Property("tenant")).ToHashSet();
        var measured = items.Select(item => item.Metric).ToHashSet();
        return tenants.All(tenant => ended.Contains(tenant) && traced.Contains(tenant)) && Metrics.All(measured.Contains);
    }

    private static void AssertOneTrace(IReadOnlyList<TelemetryItem> items, string tenant)
    {
        var spans = items.Where(item => item.Kind == "RequestData" && item.Property("tenant") == tenant).ToList();

        // A timer that fires again while a run is queued sends its message again, which is one more span of the same trace.
        Assert.Equal(["export", "extract", "plan", "transform"], spans.Select(Name).Distinct().Order(StringComparer.Ordinal));
        var trace = Assert.Single(spans.Select(span => span.Trace).Distinct());
        Assert.Single(spans.Where(span => span.Property("run") is not null).Select(span => span.Property("run")).Distinct());

        // What a stage asked of others belongs to it.
        Assert.Contains(items, item => item.Kind == "RemoteDependencyData" && item.Trace == trace);
    }

    private static void AssertEvents(IReadOnlyList<TelemetryItem> items, IReadOnlyList<string> tenants, string held)
    {
        var endings = items.Where(item => item.Kind == "MessageData" && item.Property("State") is not null).ToDictionary(item => item.Property("Tenant")!, item => item.Property("State"));

        Assert.Equal(tenants.Order(StringComparer.Ordinal), endings.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("Held", endings[held]);
        Assert.Equal(Tenants - 1, endings.Values.Count(state => state == "Delivered"));
    }

    private void AssertImpersonal(IReadOnlyList<string> lines, WebhookReceiver chat)
    {
        var traces = new Traces(_marked);
        var people = _marked.School.Data[Collections.Persons].Select(person => (string)person["id"]!).ToList();
        Assert.Single(chat.Received);
        Assert.All(lines, line =>
        {
            traces.AssertNone("telemetry", line);
            Assert.All(people, person => Assert.DoesNotContain(person, line, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotMatch(@"educloud-secret|drop-box-password|only-the-channel-knows", line);
            Assert.DoesNotMatch(new Regex(@"\bAuthorization|Bearer", RegexOptions.IgnoreCase), line);
        });
    }

    private static string? Name(TelemetryItem item) => item.Data.GetProperty("name").GetString();

    private async Task<Town> TownAsync(IngestionServer insights, WebhookReceiver chat)
    {
        var town = await Town.StartAsync(own, _marked.School.Data);
        town.Register.Habits.Unlisted = _marked.Unlisted;
        town.Environment["APPLICATIONINSIGHTS_CONNECTION_STRING"] = insights.ConnectionString;
        town.Environment["OTEL_METRIC_EXPORT_INTERVAL"] = "1000";

        // A night that is planned again before all of it is planned would be another trace, with nothing in it but the attempt.
        town.Environment["NightlySchedule"] = "*/20 * * * * *";
        town.Environment["NightlyHour"] = Town.HourNow;
        town.Environment["WatchSchedule"] = "*/3 * * * * *";
        town.Environment["Secrets__chat"] = chat.Address;
        town.File["guard"] = new JsonObject { ["minRemoved"] = 0, ["maxRemovedPercent"] = 0 };
        town.File["alarms"] = new JsonObject
        {
            ["freshness"] = false,
            ["webhooks"] = new JsonArray(new JsonObject { ["format"] = "teams", ["url"] = new JsonObject { ["secret"] = "chat" } }),
        };
        return town;
    }

    /// <summary>The town's own tenant has had a night with one pupil more, so that its guard holds the next one.</summary>
    private async Task LoseAPupilAsync(Town town)
    {
        Assert.Equal(0, await town.PassAsync());
        var persons = _marked.School.Data[Collections.Persons];
        persons.Remove(persons.Single(person => (string?)person["id"] == Ids.Of("cia")));
    }

    /// <summary>The town's tenant and others like it.</summary>
    private static List<string> WriteTenants(Town town)
    {
        var tenants = new List<string> { town.Id };
        for (var i = 1; i < Tenants; i++)
        {
            var other = town.File.DeepClone().AsObject();
            tenants.Add($"{town.Id}-{i:00}");
            other["id"] = tenants[^1];
            File.WriteAllText(Path.Combine(town.Folder, "tenants", $"{tenants[^1]}.json"), other.ToJsonString());
        }

        return tenants;
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!isSo())
        {
            await Task.Delay(500, patience.Token);
        }
    }
}
