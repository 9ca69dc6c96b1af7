using System.Diagnostics.Metrics;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Telemetry;
using EduFunctions.Simulators.ApplicationInsights;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace EduFunctions.Tests.Telemetry;

/// <summary>What becomes of telemetry on its way out, whoever made it.</summary>
[Collection(LoneTests.Name)]
public sealed class ExportTests(AzuriteFixture own)
{
    private const string Person = "4e029f67-638e-514f-814b-095d3e88a048";

    [Fact]
    public async Task Log_lines_and_calls_lose_whatever_may_name_a_person()
    {
        await using var insights = await IngestionServer.StartAsync();
        await using var source = await EduFunctions.Simulators.Http.LoopbackServer.StartAsync(_ => Task.CompletedTask);
        using (var host = Host(insights.ConnectionString))
        {
            await host.StartAsync();
            var log = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("EduFunctions.Somewhere");
            log.LogError(new InvalidOperationException("vilda.berg@elev.example"), "Person {Person} of {Tenant} failed", Person, "nordhamn");
            using var http = new HttpClient();
            await http.GetAsync($"{source.Address}/people/{Person}?name=Vilda");
            await host.StopAsync();
        }

        var line = insights.Items.Single(item => item.Kind == "MessageData" && item.Property("Tenant") == "nordhamn");
        Assert.Equal("Person (removed) of nordhamn failed", line.Data.GetProperty("message").GetString());
        Assert.Equal("InvalidOperationException", line.Property("exception"));
        var call = insights.Items.Single(item => item.Kind == "RemoteDependencyData");
        Assert.EndsWith("/people/(removed)", call.Data.GetProperty("data").GetString());
        Assert.All(insights.Lines, each =>
        {
            Assert.DoesNotContain(Person, each);
            Assert.DoesNotContain("Vilda", each, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public void Nothing_is_sent_without_a_connection_string() =>
        Assert.Null(new ServiceCollection().AddPipelineTelemetry(new ConfigurationBuilder().Build()));

    [Fact]
    public async Task The_calls_that_a_source_still_allows_are_measured_by_institution()
    {
        var tenant = $"t{Guid.NewGuid():n}";
        var measured = new List<(int Left, string? Institution)>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, each) => Enable(each, instrument) };
        listener.SetMeasurementEventCallback<int>((_, left, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value);
            if (named["tenant"] == tenant)
            {
                measured.Add((left, named["institution"]));
            }
        });
        listener.Start();

        await own.Night(new JsonSchoolData()).As(tenant).Registering(services => services.AddSingleton<ICallBudget, TwoInstitutions>()).WatchAsync();

        Assert.Equal([(3, "999001"), (0, "999002")], measured);
    }

    private static void Enable(MeterListener listener, Instrument instrument)
    {
        if (instrument.Name == "edufunctions.budget.left")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private static IHost Host(string connection)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("APPLICATIONINSIGHTS_CONNECTION_STRING", connection)]);
        builder.Services.AddPipelineTelemetry(builder.Configuration);
        return builder.Build();
    }

    private sealed class TwoInstitutions : ICallBudget
    {
        public Task<IReadOnlyList<CallsLeft>> LeftAsync(Tenant tenant, CancellationToken ct) =>
            Task.FromResult<IReadOnlyList<CallsLeft>>([new("999001", 3), new("999002", 0)]);
    }
}
