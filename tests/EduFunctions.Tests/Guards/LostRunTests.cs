using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>A run whose record is lost is not begun again over its own roster, and whatever is left of a run tells that something was delivered.</summary>
[Collection(AzuriteTests.Name)]
public sealed class LostRunTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_run_is_another_and_is_compared_with_what_was_delivered(bool all)
    {
        var first = await azurite.Night(_town).RunAsync();
        var tenant = first.Run.Tenant;
        var lost = await azurite.Night(_town.Next().Joining("berget", "newcomer")).As(tenant).RunAsync();
        await LoseAsync(Containers.Runs, all ? $"{tenant}/" : $"{tenant}/{lost.Run.Run}");

        var next = await azurite.Night(Half()).As(tenant).RunAsync();
        var mended = await azurite.Night(_town.Next().Joining("berget", "newcomer")).As(tenant).RunAsync();

        Assert.NotEqual(lost.Run.Run, next.Run.Run);
        Assert.True(next.Run.Number > lost.Run.Number);
        Assert.Contains(next.Run.Feeds[0].Holds, hold => hold is { Code: HoldCode.Removals, Kind: RowKind.Students, Count: 20 });
        Assert.Equal(41, (await next.AppleAsync()).Rows("students.csv").Count);
        Assert.Equal(RunState.Delivered, mended.Run.State);
        Assert.Equal(41, (await mended.AppleAsync()).Rows("students.csv").Count);
    }

    [Fact]
    public async Task At_Learn_nobody_goes_for_it()
    {
        await using var learn = await LearnServer.StartAsync();
        var time = new SkippingTime();
        var first = await azurite.Night(_town).To(learn, [], time).RunAsync();
        await LoseAsync(Containers.Runs, $"{first.Run.Tenant}/");

        var next = await azurite.Night(Half()).To(learn, [], time).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, next.Run.State);
        Assert.Equal(41, learn.State.Enabled("person").Count);
    }

    [Fact]
    public async Task Deliveries_know_how_far_runs_had_come()
    {
        var first = await azurite.Night(_town).RunAsync();
        await azurite.Night(_town).As(first.Run.Tenant).RunAsync();
        await LoseAsync(Containers.Runs, $"{first.Run.Tenant}/");
        await LoseAsync(Containers.State, $"{first.Run.Tenant}/active.json");

        var next = await azurite.Night(_town.Next().Joining("berget", "newcomer")).As(first.Run.Tenant).RunAsync();

        Assert.Equal((RunState.Delivered, 3), (next.Run.State, next.Run.Number));
        Assert.Equal(41, (await next.AppleAsync()).Rows("students.csv").Count);
    }

    [Theory]
    [InlineData("rosters", "apple")]
    [InlineData("snapshots", "asm")]
    [InlineData("seal.jsonl", "asm")]
    [InlineData("seal.jsonl and active.json", "asm")]
    public async Task Whatever_is_left_makes_a_lost_baseline(string left, string name)
    {
        var first = await azurite.Night(_town).RunAsync();
        foreach (var container in Containers.All.Where(container => container != Containers.Tenants && container != left))
        {
            await LoseAsync(container, $"{first.Run.Tenant}/", left);
        }

        var second = await azurite.Night(Half()).WithFeed("name", name).As(first.Run.Tenant).RunAsync();

        Assert.Equal(RunState.Held, second.Run.State);
        Assert.Equal(HoldCode.BaselineLost, Assert.Single(second.Run.Feeds[0].Holds).Code);
        Assert.Empty(second.Received);
    }

    private EditedSchoolData Half() => _town.Next().Losing("berget", 20, 40);

    private async Task LoseAsync(string container, string prefix, string but = "nothing")
    {
        await foreach (var blob in azurite.Blobs.ListAsync(container, prefix, CancellationToken.None))
        {
            if (!but.Contains(Path.GetFileName(blob.Name), StringComparison.Ordinal))
            {
                await azurite.Blobs.DeleteAsync(container, blob.Name, CancellationToken.None);
            }
        }
    }
}
