using System.Text;
using EduFunctions.Pipeline;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Http;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Tenants;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>What an hourly tick begins, again or not. It looks at every tenant there is, so these tests have a storage of their own.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class NightlyPlanTests : IAsyncLifetime
{
    private const string Tenant = "nordhamn";

    private readonly AzuriteFixture _own = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 9, 1, 16, 30, 0, TimeSpan.Zero));
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        await _own.InitializeAsync();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = _own.ConnectionString,
            [$"Secrets:{TenantJson.SourceSecret}"] = "secret",
            [$"Secrets:{TenantJson.DropBoxSecret}"] = "secret",
        }).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration).AddRosterPipeline(configuration).AddSingleton<TimeProvider>(_time).BuildServiceProvider();
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        await _own.DisposeAsync();
    }

    [Fact]
    public async Task A_tick_before_the_hour_begins_nothing_and_the_first_one_after_it_begins_the_night()
    {
        await PublishAsync(Good);

        Assert.Empty((await TickAsync(0)).Extract);
        Assert.Equal(Tenant, Assert.Single((await TickAsync(1)).Extract).Tenant);
    }

    [Fact]
    public async Task A_night_that_failed_is_not_begun_again_before_the_next_evening()
    {
        await PublishAsync(Good);
        var message = Assert.Single((await TickAsync(1)).Extract);
        await Runs.UpdateAsync(Tenant, message.Run, run => run.End(RunState.Failed, "The target is gone.", _time.GetUtcNow()), CancellationToken.None);

        for (var hour = 0; hour < 23; hour++)
        {
            Assert.Empty((await TickAsync(1)).Extract);
        }

        Assert.NotEqual(message.Run, Assert.Single((await TickAsync(1)).Extract).Run);
    }

    /// <summary>Neither those before it in the list nor those behind it, nor its own tonight.</summary>
    [Fact]
    public async Task A_run_record_that_is_damaged_costs_nobody_a_night()
    {
        foreach (var tenant in new[] { "alpha", Tenant, "omega" })
        {
            await PublishAsync(Good.Replace($"\"{Tenant}\"", $"\"{tenant}\"", StringComparison.Ordinal), tenant);
        }

        var damaged = (await _services.GetRequiredService<RosterPipeline>().StartAsync(Tenant, new RunRequest { Trigger = RunTrigger.OnDemand }, CancellationToken.None)).Run;
        await _own.Blobs.WriteAsync("runs", $"{Tenant}/{damaged.Run}.json", Encoding.UTF8.GetBytes("{ \"tenant\": \"nord"), CancellationToken.None);

        var begun = (await TickAsync(1)).Extract.Select(message => message.Tenant).ToList();

        Assert.Contains("alpha", begun);
        Assert.Contains("omega", begun);
        Assert.True(begun.Contains(Tenant) || (await Runs.ListAsync(Tenant, CancellationToken.None)).Count == 2, "It has neither a night nor a run that says why.");
    }

    [Fact]
    public async Task A_run_whose_message_was_lost_gets_another_at_the_next_tick()
    {
        await PublishAsync(Good);

        var first = await TickAsync(1);
        var second = await TickAsync(1);

        Assert.Equal(first.Extract, second.Extract);
        Assert.Single(await Runs.ListAsync(Tenant, CancellationToken.None));
    }

    [Fact]
    public async Task A_refused_tenant_has_one_failed_run_and_once_corrected_its_night_still()
    {
        await PublishAsync("""{ "id": "nordhamn", "name": 1 }""");
        await TickAsync(1);
        await TickAsync(1);
        var refused = Assert.Single(await Runs.ListAsync(Tenant, CancellationToken.None));

        await PublishAsync(Good);
        var message = Assert.Single((await TickAsync(1)).Extract);

        Assert.Equal(RunState.Failed, (await Runs.FindAsync(Tenant, refused, CancellationToken.None))!.State);
        Assert.NotEqual(refused, message.Run);
    }

    [Fact]
    public async Task A_run_somebody_asked_for_by_day_does_not_take_the_nights_place()
    {
        await PublishAsync(Good);
        var asked = await _services.GetRequiredService<RosterPipeline>().StartAsync(Tenant, new RunRequest { Trigger = RunTrigger.OnDemand }, CancellationToken.None);
        await Runs.UpdateAsync(Tenant, asked.Run.Run, run => run.End(RunState.Delivered, null, _time.GetUtcNow()), CancellationToken.None);

        Assert.Single((await TickAsync(1)).Extract);
    }

    [Fact]
    public async Task Whoever_asks_begins_tonight_at_whatever_hour_once_in_twelve()
    {
        await PublishAsync(Good);

        var first = await NightsAsync(0);
        var second = await NightsAsync(0);
        await EndAsync(first.Nights[0].Run!);
        var (soon, beforeItsTime, tick) = (await NightsAsync(1), await NightsAsync(10), await TickAsync(0));
        var next = await NightsAsync(1);

        Assert.Equal((Tenant, null), (first.Nights[0].Tenant, first.Nights[0].Problem));
        Assert.Equal([0, 0, 0], new[] { second, soon, beforeItsTime }.Select(answer => answer.Nights.Count));
        Assert.Empty(tick.Extract);
        Assert.NotEqual(first.Nights[0].Run, Assert.Single(next.Nights).Run);
    }

    [Fact]
    public async Task The_timer_takes_a_night_that_somebody_else_began_for_its_own_and_the_other_way_round()
    {
        await PublishAsync(Good);
        var begun = Assert.Single((await NightsAsync(0)).Nights);
        await EndAsync(begun.Run!);

        Assert.Empty((await TickAsync(1)).Extract);
        var message = Assert.Single((await TickAsync(24)).Extract);
        await EndAsync(message.Run);
        Assert.Empty((await NightsAsync(1)).Nights);
    }

    [Fact]
    public async Task A_night_that_cannot_begin_yet_says_why_and_begins_when_asked_again()
    {
        await PublishAsync(Good);
        await PublishAsync("""{ "id": "spoilt", "name": 1 }""", "spoilt");
        var asked = await _services.GetRequiredService<RosterPipeline>().StartAsync(Tenant, new RunRequest { Trigger = RunTrigger.OnDemand }, CancellationToken.None);

        var waiting = (await NightsAsync(0)).Nights;
        await EndAsync(asked.Run.Run);
        var later = (await NightsAsync(0)).Nights;

        Assert.Contains($"Run {asked.Run.Run} of the tenant is under way", waiting.Single(night => night.Tenant == Tenant).Problem);
        Assert.Contains("$.name", waiting.Single(night => night.Tenant == "spoilt").Problem);
        Assert.Null(later.Single(night => night.Tenant == Tenant).Problem);
        Assert.Equal(waiting.Single(night => night.Tenant == "spoilt"), later.Single(night => night.Tenant == "spoilt"));
    }

    [Fact]
    public async Task A_disabled_tenant_has_no_night_whoever_asks()
    {
        await PublishAsync(Good.Replace("\"name\"", "\"enabled\": false, \"name\"", StringComparison.Ordinal));

        Assert.Empty((await NightsAsync(0)).Nights);
    }

    private static string Good
    {
        get
        {
            var tenant = TenantJson.Make(Tenant);
            tenant["source"]!["baseUrl"] = "https://register.example/v2.0";
            tenant["source"]!["tokenUrl"] = "https://register.example/token";
            tenant["source"]!["clientId"] = "nordhamn";
            return tenant.ToJsonString();
        }
    }

    private RunStore Runs => _services.GetRequiredService<RunStore>();

    private Task PublishAsync(string file, string tenant = Tenant) =>
        _services.GetRequiredService<TenantStore>().PublishAsync(tenant, Encoding.UTF8.GetBytes(file), CancellationToken.None);

    private async Task EndAsync(string run) =>
        await Runs.UpdateAsync(Tenant, run, record => record.End(RunState.Delivered, null, _time.GetUtcNow()), CancellationToken.None);

    private async Task<BegunNights> NightsAsync(int hours)
    {
        _time.Advance(TimeSpan.FromHours(hours));
        var answer = await _services.GetRequiredService<ApiRouter>().AnswerAsync(new ApiCall("POST", "/api/nights", _ => null, Stream.Null, IsVouchedFor: true), CancellationToken.None);
        Assert.Equal(202, answer.Status);
        return (BegunNights)answer.Body;
    }

    private Task<NextMessages> TickAsync(int hours)
    {
        _time.Advance(TimeSpan.FromHours(hours));
        return _services.GetRequiredService<RosterPipeline>().StartNightAsync(CancellationToken.None);
    }
}
