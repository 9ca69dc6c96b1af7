using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>A process that stands still in mid-delivery, as a paused machine does, and wakes up when others have gone on.</summary>
[Collection(CommandTests.Name)]
public sealed class FrozenHostTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_process_that_stood_still_through_two_nights_posts_nothing_when_it_wakes_up()
    {
        var schools = GuardTown.Of(("berget", 30));
        var next = schools.Next();
        await using var learn = await LearnServer.StartAsync();
        await using var town = await Town.StartAsync(azurite, next);
        town.File["feeds"] = new JsonArray(TenantJson.Blackboard(learn, null));
        town.Environment[$"Secrets__{TenantJson.LearnSecret}"] = learn.Integrations[0].Password;
        learn.Habits.IdlePolls = int.MaxValue;

        using var frozen = town.StartSync();
        await UntilAsync(() => learn.Posts.Count == 1);
        await frozen.FreezeAsync();
        learn.Habits.IdlePolls = 1;
        var second = await town.SyncAsync();
        next.Joining("berget", "stig");
        var third = await town.SyncAsync();
        var posted = learn.Posts.Count;
        var records = await town.BlobsAsync("runs", ".json");
        await frozen.ThawAsync();
        var woken = await frozen.EndAsync();

        Assert.Equal((0, 0), (second.ExitCode, third.ExitCode));
        Assert.StartsWith("delivered", (string?)town.Run["state"]);
        Assert.Equal(2, records.Count);
        Assert.Equal(posted, learn.Posts.Count);
        Assert.Equal(0, woken.ExitCode);
        Assert.Equal(0, (await town.CommandAsync("verify", "--tenant", town.Id)).ExitCode);
    }

    /// <summary>The feed goes on under another name, so that its lease is still its own: nothing but the number of its run tells that it was overtaken.</summary>
    [Fact]
    public async Task A_process_whose_lease_nobody_took_posts_nothing_either()
    {
        var schools = GuardTown.Of(("berget", 30)).Next();
        await using var learn = await LearnServer.StartAsync();
        await using var town = await Town.StartAsync(azurite, schools);
        town.File["feeds"] = new JsonArray(TenantJson.Blackboard(learn, null));
        town.Environment[$"Secrets__{TenantJson.LearnSecret}"] = learn.Integrations[0].Password;
        var first = await town.SyncAsync();
        var posted = learn.Posts.Count;
        schools.Joining("berget", "stig");
        learn.Habits.IdlePolls = int.MaxValue;

        using var frozen = town.StartSync();
        await UntilAsync(() => learn.Posts.Count > posted);
        await frozen.FreezeAsync();
        await GiveUpAsync(town.Id);
        learn.Habits.IdlePolls = 1;
        town.File["feeds"]![0]!["name"] = "lms";
        schools.Joining("berget", "sara");
        var next = await town.SyncAsync();
        var (state, now) = ((string?)town.Run["state"], learn.Posts.Count);
        await frozen.ThawAsync();
        await frozen.EndAsync();

        Assert.Equal((0, 0), (first.ExitCode, next.ExitCode));
        Assert.StartsWith("delivered", state);
        Assert.Equal(now, learn.Posts.Count);
    }

    /// <summary>What any host does of which nothing was heard for two hours.</summary>
    private async Task GiveUpAsync(string tenant)
    {
        var runs = new RunStore(azurite.Blobs, new Discretion(), TimeProvider.System);
        var run = await runs.FindAsync(tenant, (await runs.FindNewestAsync(tenant, CancellationToken.None))!, CancellationToken.None);
        await runs.GiveUpAsync(run!, "It stands still.", CancellationToken.None);
    }

    private static async Task UntilAsync(Func<bool> moment)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!moment())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
