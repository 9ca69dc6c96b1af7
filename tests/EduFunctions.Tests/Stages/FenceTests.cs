using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Ledgers;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Protocols.Sftp;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Pipeline.Systems.Ss12000;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Hosts that stand still, start at once or have a clock of their own: the tenant's runs keep their order, and the latest has the last word.</summary>
[Collection(AzuriteTests.Name)]
public sealed class FenceTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 30));

    [Fact]
    public async Task Many_starts_at_once_on_as_many_hosts_begin_one_run()
    {
        var tenant = $"t{Guid.NewGuid():n}";

        var begun = await Task.WhenAll(Enumerable.Range(0, 16).Select(
            number => Store().BeginAsync(Run(tenant, $"20260901T000000Z-{number:x4}"), newest: null, CancellationToken.None)));

        Assert.Single(begun, start => start.IsNew);
        Assert.Single(begun.Select(start => start.Run.Run).Distinct());
        Assert.Single(await Store().ListAsync(tenant, CancellationToken.None));
    }

    /// <summary>Somebody looks whose night begins, stands still, and goes on when another host has begun that night and ended it.</summary>
    [Fact]
    public async Task A_night_that_has_begun_and_ended_meanwhile_is_not_begun_again()
    {
        var tenant = $"t{Guid.NewGuid():n}";
        var (first, _) = await Store().BeginAsync(Run(tenant, "20260901T000000Z-0000"), newest: null, CancellationToken.None);
        await Store().GiveUpAsync(first, "Ended.", CancellationToken.None);

        var (enough, isNew) = await Store().BeginAsync(Run(tenant, "20260901T000000Z-0001"), newest: null, CancellationToken.None, run => run.Run == first.Run);
        var (another, isAnother) = await Store().BeginAsync(Run(tenant, "20260901T000000Z-0002"), newest: null, CancellationToken.None, _ => false);

        Assert.Equal((first.Run, false), (enough.Run, isNew));
        Assert.Equal((2, true), (another.Number, isAnother));
    }

    [Fact]
    public async Task Whoever_stood_still_before_a_run_began_begins_it_on_the_day_of_now()
    {
        var (tenant, time, isFirst) = ($"t{Guid.NewGuid():n}", new SkippingTime(), true);
        using var ground = new InMemoryGround();
        var late = new InMemoryStorage(ground.Account, carrying: StandAsync).Open();

        var (begun, isNew) = await new RunStore(new BlobStorage(late), new Discretion(), time).BeginAsync(tenant, Make, newest: null, CancellationToken.None);

        Assert.Equal((true, 2), (isNew, begun.Number));
        Assert.Equal(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), begun.Date);

        RunRecord Make() => Run(tenant, RunId.New(time.GetUtcNow(), null)) with { Started = time.GetUtcNow(), Date = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime) };

        // Just before the marker is written, for a day in which another host begins a night and ends it.
        async Task<HttpResponseMessage> StandAsync(string key, Func<HttpResponseMessage> carryOut, CancellationToken ct)
        {
            if (isFirst && key == $"PUT state/{tenant}/active.json")
            {
                isFirst = false;
                var other = new RunStore(ground.Blobs, new Discretion(), time);
                var (night, _) = await other.BeginAsync(tenant, Make, newest: null, ct);
                await other.GiveUpAsync(night, "Ended.", ct);
                time.Skip(TimeSpan.FromDays(1));
            }

            return carryOut();
        }
    }

    [Fact]
    public async Task A_run_that_was_begun_and_not_saved_yet_is_found_by_who_comes_next()
    {
        var tenant = $"t{Guid.NewGuid():n}";
        var (first, _) = await Store().BeginAsync(Run(tenant, "20260901T000000Z-0000"), newest: null, CancellationToken.None);
        await azurite.Blobs.DeleteAsync(Containers.Runs, $"{tenant}/{first.Run}.json", CancellationToken.None);

        var (second, isNew) = await Store().BeginAsync(Run(tenant, "20260901T000000Z-0001"), newest: null, CancellationToken.None);

        Assert.Equal((first.Run, 1, false), (second.Run, second.Number, isNew));
        Assert.NotNull(await Store().FindAsync(tenant, first.Run, CancellationToken.None));
    }

    [Fact]
    public async Task A_run_under_a_clock_years_ahead_is_in_nobodys_way()
    {
        var ahead = await azurite.Night(_town).Registering(services => services.AddSingleton<TimeProvider>(new AheadTime())).RunAsync();
        var held = await azurite.Night(_town.Next().Losing("berget", 15, 30)).As(ahead.Run.Tenant).RunAsync();
        Assert.True(string.CompareOrdinal(ahead.Run.Run, held.Run.Run) > 0);

        var people = new People(azurite.Blobs, Store(), new RuleCatalog(Ss12000Rules.Book), new KeptPersons(azurite.Blobs), new SchoolNaming(azurite.Blobs, azurite.Blobs.Memories()));
        var latest = await people.FindLatestAsync(ahead.Run.Tenant, before: null, CancellationToken.None);
        var (approved, refusal) = await azurite.Night(_town).As(ahead.Run.Tenant).ApproveAsync(held.Run.Run, held.Run.Feeds[0].Plan!.Hash);

        Assert.Equal(held.Run.Run, latest!.Run);
        Assert.Null(refusal);
        Assert.Equal(RunState.Delivered, approved.Run.State);
        Assert.Equal([1, 3], new[] { ahead.Run.Number, approved.Run.Number });
        Assert.Equal([held.Run.Run, ahead.Run.Run], await Store().ListAsync(ahead.Run.Tenant, CancellationToken.None));
    }

    /// <summary>A host stands still before its put; meanwhile its run is given up and the next night delivered.</summary>
    [Fact]
    public async Task A_host_that_wakes_up_after_the_next_night_puts_nothing_and_changes_nothing()
    {
        var gate = new Gate();
        var night = azurite.Night(_town).Registering(services =>
        {
            services.Remove(services.Single(service => service.ImplementationType == typeof(SftpDelivery)));
            services.AddSingleton<IDelivery>(new GatedSftp(gate));
        }).RunAsync();
        await gate.Reached.Task;
        var tenant = gate.Tenant;
        var frozen = (await Store().FindAsync(tenant, (await Store().FindNewestAsync(tenant, CancellationToken.None))!, CancellationToken.None))!;
        await new BlobServiceClient(azurite.ConnectionString).GetBlobContainerClient(Containers.State)
            .GetBlobClient($"{tenant}/feeds/{TenantJson.Feed}.turn").GetBlobLeaseClient().BreakAsync(TimeSpan.Zero);
        await Store().GiveUpAsync(frozen, "It stands still.", CancellationToken.None);
        var next = await azurite.Night(_town.Next().Joining("berget", "stig")).As(tenant).RunAsync();
        var delivered = await StateAsync(tenant, "delivered.json");

        gate.Opened.SetResult();
        var woken = await night;

        Assert.Equal(RunState.Delivered, next.Run.State);
        Assert.Equal(RunState.Failed, woken.Run.State);
        Assert.Equal(0, gate.Puts);
        Assert.Equal(delivered, await StateAsync(tenant, "delivered.json"));
        Assert.Contains(woken.LogLines, line => line.Contains("Nothing more is done here.", StringComparison.Ordinal));
    }

    /// <summary>The feed has another name by now, so that nothing but the run's number tells that somebody has gone on: the lease is held all the time.</summary>
    [Fact]
    public async Task A_host_whose_lease_nobody_took_is_stopped_by_the_number_of_its_run()
    {
        var gate = new Gate();
        var night = azurite.Night(_town).Registering(services =>
        {
            services.Remove(services.Single(service => service.ImplementationType == typeof(SftpDelivery)));
            services.AddSingleton<IDelivery>(new GatedSftp(gate));
        }).RunAsync();
        await gate.Reached.Task;
        var frozen = (await Store().FindAsync(gate.Tenant, (await Store().FindNewestAsync(gate.Tenant, CancellationToken.None))!, CancellationToken.None))!;
        await Store().GiveUpAsync(frozen, "It stands still.", CancellationToken.None);
        var next = await azurite.Night(_town.Next().Joining("berget", "stig")).WithFeed("name", "renamed").As(gate.Tenant).RunAsync();

        gate.Opened.SetResult();
        var woken = await night;

        Assert.Equal(RunState.Delivered, next.Run.State);
        Assert.Equal(0, gate.Puts);
        Assert.Contains(woken.LogLines, line => line.Contains($"Run {next.Run.Run}, which began later, took the place of this run.", StringComparison.Ordinal));
    }

    private async Task<byte[]> StateAsync(string tenant, string name) =>
        (await azurite.Blobs.ReadAsync(Containers.State, $"{tenant}/feeds/{TenantJson.Feed}/{name}", CancellationToken.None))!.Content;

    private RunStore Store() => new(azurite.Blobs, new Discretion(), TimeProvider.System);

    private static RunRecord Run(string tenant, string name) => new()
    {
        Tenant = tenant,
        Run = name,
        Trigger = RunTrigger.OnDemand,
        Date = Night.Today,
        State = RunState.Queued,
        Started = DateTimeOffset.UtcNow,
        Configuration = "",
        Feeds = [],
    };

    private sealed class AheadTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddYears(7);
    }

    private sealed class Gate
    {
        public TaskCompletionSource Reached { get; } = new();

        public TaskCompletionSource Opened { get; } = new();

        public string Tenant { get; set; } = "";

        public int Puts { get; set; }
    }

    /// <summary>Stands still before anything is put.</summary>
    private sealed class GatedSftp(Gate gate) : IDelivery
    {
        private readonly SftpDelivery _sftp = new(new CallLimits(), TimeProvider.System);

        public string Type => _sftp.Type;

        public Type Settings => _sftp.Settings;

        public string Target(DeliverySettings settings) => _sftp.Target(settings);

        public async Task<DeliveryResult> SendAsync(FeedFiles files, FeedSetup setup, DeliveryProgress progress, CancellationToken ct)
        {
            gate.Tenant = progress.Tenant;
            gate.Reached.TrySetResult();
            await gate.Opened.Task;
            var result = await _sftp.SendAsync(files, setup, progress, CancellationToken.None);
            gate.Puts++;
            return result;
        }
    }
}
