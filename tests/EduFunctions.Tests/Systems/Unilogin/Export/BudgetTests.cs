using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Unilogin;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

[Collection(SourceTests.Name)]
public sealed class BudgetTests(AzuriteFixture azurite)
{
    // Ten in the evening in Copenhagen.
    private readonly ShiftedTime _clock = new(new DateTimeOffset(2026, 9, 1, 20, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task The_night_leaves_a_call_for_the_day()
    {
        await using var server = await StartAsync();
        var tenant = new UniloginPull(azurite, server);

        var nights = new List<Pulled>();
        for (var night = 0; night < 4; night++)
        {
            nights.Add(await tenant.RunAsync());
        }

        Assert.Equal(3, server.Pulls.Count);
        Assert.All(nights[..3], night => Assert.NotNull(night.Snapshot));
        Assert.Equal(RunState.Held, nights[3].Run.State);
        Assert.Contains("3 of 4 calls a day are used", nights[3].Run.StateReason);
        Assert.NotNull((await tenant.RunAsync(RunTrigger.OnDemand)).Snapshot);
        Assert.Equal(4, server.Pulls.Count);
    }

    [Fact]
    public async Task By_day_the_last_answer_serves_when_no_call_is_left()
    {
        await using var server = await StartAsync();
        var tenant = new UniloginPull(azurite, server);
        var runs = new List<Pulled>();
        for (var run = 0; run < 6; run++)
        {
            runs.Add(await tenant.RunAsync(RunTrigger.OnDemand));
        }

        Assert.Equal(4, server.Pulls.Count);
        Assert.All(runs[..4], run => Assert.Empty(run.Run.PullNotes));
        foreach (var run in runs[4..])
        {
            var note = Assert.Single(run.Run.PullNotes);
            Assert.Equal(("pull.reused", "999001"), (note.Code, note.Collection));
            Assert.Contains($"the answer of run {runs[3].Run.Run} was used", note.Message);
            Assert.Equal(runs[3].Snapshot!.Pages("999001")[0].Sha256, run.Snapshot!.Pages("999001")[0].Sha256);
            Assert.Equal(await tenant.AnswerAsync(runs[3], "999001"), await tenant.AnswerAsync(run, "999001"));
        }
    }

    [Fact]
    public async Task An_answer_to_less_than_is_asked_now_does_not_serve()
    {
        await using var server = await StartAsync();
        var tenant = new UniloginPull(azurite, server);
        for (var run = 0; run < 4; run++)
        {
            await tenant.RunAsync(RunTrigger.OnDemand);
        }

        tenant.Tenant["privacy"] = new JsonObject { ["includeCivicNumber"] = true };
        var withNumbers = await tenant.RunAsync(RunTrigger.OnDemand);

        Assert.Equal(RunState.Held, withNumbers.Run.State);
        Assert.Contains("There is no answer of today to take instead", withNumbers.Run.StateReason);
    }

    [Fact]
    public async Task Whoever_asks_in_whatever_way_the_calls_are_the_same()
    {
        await using var server = await StartAsync();
        server.Agreements.Add("A99002");

        await new UniloginPull(azurite, server).Institutions("A99002").RunAsync(RunTrigger.OnDemand);
        await new UniloginPull(azurite, server).Institutions("a99002").With("package", "fuldMyndighed").RunAsync(RunTrigger.OnDemand);
        await new UniloginPull(azurite, server).Version(6).Institutions("A99002").RunAsync(RunTrigger.OnDemand);
        await new UniloginPull(azurite, server).Institutions("A99002").RunAsync(RunTrigger.CommandLine);
        var fifth = await new UniloginPull(azurite, server).Institutions("A99002").RunAsync(RunTrigger.OnDemand);
        var other = await new UniloginPull(azurite, server).Institutions("999001").RunAsync();

        Assert.Contains("also in other tenants", fifth.Run.StateReason);
        Assert.NotNull(other.Snapshot);
        Assert.Equal(["999001", "A99002", "A99002", "A99002", "a99002"], server.Pulls.Select(pull => pull.Institution!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_new_day_has_new_calls_but_not_within_24_hours()
    {
        await using var server = await StartAsync();
        var tenant = new UniloginPull(azurite, server);
        for (var run = 0; run < 4; run++)
        {
            await tenant.RunAsync(RunTrigger.OnDemand);
        }

        _clock.Pass(TimeSpan.FromHours(3));
        var afterMidnight = await tenant.RunAsync(RunTrigger.OnDemand);
        _clock.Pass(TimeSpan.FromHours(21.1));
        var nextEvening = await tenant.RunAsync();

        Assert.Contains("the next is free at 2026-09-02 20:0", afterMidnight.Run.StateReason);
        Assert.Contains("no answer of today", afterMidnight.Run.StateReason);
        Assert.NotNull(nextEvening.Snapshot);
        Assert.Equal(5, server.Pulls.Count);
    }

    [Fact]
    public async Task A_failing_service_is_asked_twice_in_a_run()
    {
        await using var server = await StartAsync();
        server.Habits.Status = operation => operation == "eksporterXmlFuld" ? 503 : null;
        var tenant = new UniloginPull(azurite, server);

        await tenant.RunAsync();
        await tenant.RunAsync();
        await tenant.RunAsync();

        Assert.Equal(3, server.Pulls.Count);
    }

    private Task<UniloginServer> StartAsync() =>
        UniloginServer.StartAsync(SmallExport.Of(_ => ["Ida"]), new UniloginHabits { Clock = _clock });
}
