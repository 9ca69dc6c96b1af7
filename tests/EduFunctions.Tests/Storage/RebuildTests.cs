using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Storage;

/// <summary>What cannot be read any more is made anew from its snapshot, and nothing is held for it.</summary>
[Collection(AzuriteTests.Name)]
public sealed class RebuildTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 30));

    [Theory]
    [InlineData("roster", "version")]
    [InlineData("roster", "bit")]
    [InlineData("roster", "gone")]
    [InlineData("roster", "cut")]
    [InlineData("selection", "version")]
    [InlineData("selection", "garbage")]
    [InlineData("selection", "empty")]
    public async Task A_table_of_what_was_delivered_is_made_anew_and_the_plan_is_the_true_one(string blob, string mishap)
    {
        var first = await azurite.Night(_town).RunAsync();
        var before = await StoredAsync(RosterPath.Roster(first.Run.Tenant, first.Run.Run));
        await azurite.DamageAsync(first.Run, blob, mishap);

        var second = await azurite.Night(_town.Next().Losing("berget", 29, 30)).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal((0, 1), (Students(await second.PlanAsync()).Added, Students(await second.PlanAsync()).Removed));
        Assert.Equal(before, await StoredAsync(RosterPath.Roster(first.Run.Tenant, first.Run.Run)));
        Assert.Contains(second.LogLines, line => blob != "roster" || line.Contains("was made anew from the snapshot", StringComparison.Ordinal));
    }

    /// <summary>An update that reads no table of the release before.</summary>
    [Fact]
    public async Task A_roster_that_the_guard_had_changed_comes_back_as_it_was_delivered_through_every_night_before()
    {
        var first = await azurite.Night(_town).RunAsync();
        var fewer = _town.Next().Losing("berget", 15, 30);
        var held = await azurite.Night(fewer).As(first.Run.Tenant).RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        var delivered = await StoredAsync(RosterPath.Effective(first.Run.Tenant, held.Run.Run, TenantJson.Feed, "planned"));
        foreach (var (run, blob) in new[] { (first.Run, "roster"), (first.Run, "selection"), (held.Run, "roster"), (held.Run, "effective"), (held.Run, "selection") })
        {
            await azurite.DamageAsync(run, blob, "version");
        }

        var third = await azurite.Night(fewer).As(first.Run.Tenant).RunAsync();

        Assert.Equal(delivered, await StoredAsync(RosterPath.Effective(first.Run.Tenant, held.Run.Run, TenantJson.Feed, "planned")));
        Assert.Equal(RunState.Held, third.Run.State);
        Assert.Contains(third.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Count: 15, Of: 30 });
        Assert.Equal(30, (await third.AppleAsync()).Rows("students.csv").Count);
    }

    [Fact]
    public async Task The_rules_are_those_of_the_run_and_not_of_today()
    {
        var first = await azurite.Night(_town).RunAsync();
        await azurite.DamageAsync(first.Run, "roster", "version");

        var second = await azurite.Night(_town).With("eligibility.dateMarginDays", 3).With("name", "Another").As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.NotNull(await azurite.Blobs.ReadAsync("state", $"{first.Run.Tenant}/configurations/{first.Run.Configuration}.json", CancellationToken.None));
        Assert.NotNull(await azurite.Blobs.ReadAsync("state", $"{first.Run.Tenant}/configurations/{second.Run.Configuration}.json", CancellationToken.None));
    }

    [Fact]
    public async Task A_snapshot_that_is_not_the_sealed_one_brings_nothing_back()
    {
        var first = await azurite.Night(_town).RunAsync();
        await azurite.DamageAsync(first.Run, "roster", "version");
        var name = $"{first.Run.Tenant}/{first.Run.Run}/manifest.json";
        var manifest = (await azurite.Blobs.ReadAsync("snapshots", name, CancellationToken.None))!.Content;
        await azurite.Blobs.WriteAsync("snapshots", name, manifest.Concat(" "u8.ToArray()).ToArray(), CancellationToken.None);

        var second = await azurite.Night(_town).As(first.Run.Tenant).RunAsync();

        Assert.Equal(ReceiptState.Held, second.Run.Feeds[0].State);
        Assert.Equal(HoldCode.BaselineLost, Assert.Single(second.Run.Feeds[0].Holds).Code);
    }

    [Fact]
    public async Task A_roster_that_is_sent_again_comes_back_too()
    {
        var first = await azurite.Night(_town).RunAsync();
        await azurite.Night(_town.Next().Joining("berget", "mistake")).As(first.Run.Tenant).RunAsync();
        await azurite.DamageAsync(first.Run, "roster", "version");

        var again = await azurite.Night(_town).As(first.Run.Tenant).ResendAsync(first.Run.Run);

        Assert.Equal(RunState.Delivered, again.Run.State);
        Assert.Equal(30, (await again.AppleAsync()).Rows("students.csv").Count);
    }

    /// <summary>Who left in the nights before counts on, however the roster that they left came back.</summary>
    [Fact]
    public async Task What_has_left_lately_is_still_counted_against_the_roster_that_was_made_anew()
    {
        var first = await azurite.Night(_town).RunAsync();
        var second = await azurite.Night(_town.Next().Losing("berget", 22, 30)).As(first.Run.Tenant).RunAsync();
        await azurite.DamageAsync(second.Run, "roster", "version");

        var third = await azurite.Night(_town.Next().Losing("berget", 14, 30)).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Delivered, second.Run.State);
        Assert.Equal(RunState.Held, third.Run.State);
        Assert.Contains(third.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Count: 16, Earlier: 8 });
    }

    /// <summary>An earlier pull that is decided on again is no new sight of who is marked.</summary>
    [Fact]
    public async Task What_is_remembered_of_the_protected_counts_in_what_is_made_anew_and_stays_as_it_is()
    {
        var first = await azurite.Night(MemoryTown.Make().Marking("alva")).RunAsync();
        await azurite.Night(MemoryTown.Make("newcomer")).As(first.Run.Tenant).RunAsync();
        var before = await MemoryAsync(first);
        await azurite.DamageAsync(first.Run, "roster", "version");

        var again = await azurite.Night(_town).As(first.Run.Tenant).ResendAsync(first.Run.Run);

        Assert.Equal(RunState.Delivered, again.Run.State);
        Assert.Equal(2, (await again.AppleAsync()).Rows("students.csv").Count);
        Assert.Equal(before, await MemoryAsync(first));
    }

    private async Task<byte[]> MemoryAsync(NightResult night) =>
        (await azurite.Blobs.ReadAsync(Containers.State, $"{night.Run.Tenant}/memory.bin", CancellationToken.None))!.Content;

    private async Task<byte[]> StoredAsync(string path) => (await azurite.Blobs.ReadAsync(Containers.Rosters, path, CancellationToken.None))!.Content;

    private static PlannedRows Students(HashedPlan plan) => plan.Plan.Totals.Single(rows => rows.Kind == RowKind.Students);
}
