using EduFunctions.Simulators.ApplicationInsights;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.App.Host;

/// <summary>An app at work on its queues, which was asked for a person and has synced a town, and that sends its telemetry to an Application Insights of the tests' own.</summary>
public sealed class HostedInsights(AzuriteFixture azurite) : IAsyncLifetime
{
    /// <summary>No id, which telemetry would take out by itself.</summary>
    public const string Asked = "maja-at-berget";

    public IngestionServer Insights { get; private set; } = null!;

    internal Town Town { get; private set; } = null!;

    internal HostedApp App { get; private set; } = null!;

    /// <summary>The log lines that were sent.</summary>
    public IEnumerable<TelemetryItem> Lines() => Insights.Items.Where(item => item.Kind == "MessageData");

    /// <summary>How the line of the last stage begins.</summary>
    internal static string EndOf(Town town) => $"export {town.Id}";

    public static bool Says(TelemetryItem line, string text) => line.Data.GetProperty("message").GetString()!.Contains(text, StringComparison.Ordinal);

    public async Task InitializeAsync()
    {
        Insights = await IngestionServer.StartAsync();
        Town = await Town.StartAsync(azurite);
        Town.Environment["APPLICATIONINSIGHTS_CONNECTION_STRING"] = Insights.ConnectionString;
        Town.Environment["OTEL_BLRP_SCHEDULE_DELAY"] = "200";

        // As somebody does who looks for a fault.
        Town.Environment["Logging__LogLevel__Default"] = "Trace";
        Town.WriteFile();
        await TownTenants.PublishAsync(Town, [Town.Id]);
        App = await HostedApp.StartAsync(Town);
        using var asked = await App.Http.GetAsync($"/api/tenants/{Town.Id}/people/{Asked}");
        await App.SyncAsync(Town.Id);
        await App.EndedAsync(Town.Id);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!Lines().Any(line => Says(line, EndOf(Town))))
        {
            await Task.Delay(100, patience.Token);
        }
    }

    public async Task DisposeAsync()
    {
        await App.DisposeAsync();
        await Town.DisposeAsync();
        await Insights.DisposeAsync();
    }
}
