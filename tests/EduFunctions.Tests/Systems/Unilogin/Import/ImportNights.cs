using System.Text.Json.Nodes;
using EduFunctions.Simulators.Schools;
using EduFunctions.Simulators.UniloginImport;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Import;

/// <summary>One tenant's nights, one after the other, into one service.</summary>
internal sealed class ImportNights(AzuriteFixture azurite, ImportServer service)
{
    private readonly string _tenant = $"t{Guid.NewGuid():n}";
    private int _seen;

    public ImportServer Service => service;

    public DateOnly Date { get; set; } = Night.Today;

    /// <summary>The clock of the nights to come; the real one when there is none.</summary>
    public TimeProvider? Clock { get; set; }

    /// <summary>Settings of the feed, for the nights to come.</summary>
    public JsonObject Settings { get; } = [];

    /// <summary>Runs the next night's sync on these schools.</summary>
    public Task<NightResult> NextAsync(SchoolBuilder school) => Next(school).RunAsync();

    /// <summary>The next night, not run yet.</summary>
    public Night Next(SchoolBuilder school)
    {
        Date = Date.AddDays(1);
        var night = azurite.Night(school).As(_tenant).On(Date).AcceptingShrink().With("guard.maxRemovedPercent", 100).With("guard.minHalved", 0)
            .To(service, (JsonObject)Settings.DeepClone());
        return Clock is null ? night : night.Registering(services => services.AddSingleton(Clock));
    }

    /// <summary>Calls since the last question, as operation and institution.</summary>
    public IReadOnlyList<string> Calls()
    {
        var calls = service.Calls.Skip(_seen).Select(call => call.ToString()).ToList();
        _seen += calls.Count;
        return calls;
    }

    /// <summary>Labels of the persons that the service has.</summary>
    public void AssertHolds(string institution, params string[] labels) =>
        Assert.Equal(labels.Select(Ids.Of).Order(StringComparer.Ordinal), service[institution].LocalIds);

    public ImportedPerson Person(string institution, string label) => service[institution].Persons[Ids.Of(label)];
}

/// <summary>A clock that stands still.</summary>
internal sealed class StandingClock(DateTimeOffset now) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => now;
}
