using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>What a host remembers of the storage saves calls, and must not make it blind to what others do there.</summary>
[Collection(AzuriteTests.Name)]
public sealed class SharedStorageTests(AzuriteFixture azurite)
{
    private readonly string _tenant = $"t{Guid.NewGuid():n}";

    [Fact]
    public async Task Changes_of_two_hosts_to_one_run_are_both_in_it()
    {
        var school = new SchoolBuilder(Night.Today);
        var started = (await azurite.Night(school).RunAsync((_, _) => Task.CompletedTask)).Run;
        var (one, other) = (Store(), Store());
        await one.FindAsync(started.Tenant, started.Run, default);
        await other.UpdateAsync(started.Tenant, started.Run, run => run with { Reason = "other" }, default);

        await one.UpdateAsync(started.Tenant, started.Run, run => run with { AcceptShrink = true }, default);

        var run = await Store().FindAsync(started.Tenant, started.Run, default);
        Assert.Equal(("other", true), (run!.Reason, run.AcceptShrink));
    }

    [Fact]
    public async Task A_run_that_another_host_has_just_begun_is_found_by_who_knew_of_none()
    {
        var (first, second) = (Run("20260901T000000Z-0000"), Run("20260901T000000Z-0001"));
        Assert.Equal((first with { Number = 1 }, true), await Store().BeginAsync(first, newest: null, default));

        var (begun, isNew) = await Store().BeginAsync(second, newest: null, default);

        Assert.Equal((first.Run, false), (begun.Run, isNew));
        await Store().GiveUpAsync(begun, "It is over.", default);
        Assert.Equal((second with { Number = 2 }, true), await Store().BeginAsync(second, begun with { State = RunState.Failed }, default));
    }

    [Fact]
    public async Task A_turn_whose_blob_was_deleted_is_taken_all_the_same()
    {
        var name = $"{Guid.NewGuid():n}/run.turn";
        await (await Lease.TakeAsync(azurite.Blobs, name, TimeSpan.Zero, TimeProvider.System, default))!.DisposeAsync();
        await azurite.Blobs.DeleteAsync(Containers.State, name, default);

        await using var again = await Lease.TakeAsync(azurite.Blobs, name, TimeSpan.Zero, TimeProvider.System, default);

        Assert.NotNull(again);
        Assert.Null(await Lease.TakeAsync(azurite.Blobs, name, TimeSpan.Zero, TimeProvider.System, default));
    }

    private RunRecord Run(string name) => new()
    {
        Tenant = _tenant,
        Run = name,
        Trigger = RunTrigger.OnDemand,
        Date = Night.Today,
        State = RunState.Queued,
        Started = DateTimeOffset.UtcNow,
        Configuration = "",
        Feeds = [],
    };

    private RunStore Store() => new(azurite.Blobs, new Discretion(), TimeProvider.System);
}
