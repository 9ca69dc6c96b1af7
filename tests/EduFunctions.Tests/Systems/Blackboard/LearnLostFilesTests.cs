using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>What the last delivery told Learn is lost, with its receipt: an earlier one does not say who is there.</summary>
[Collection(TargetTests.Name)]
public sealed class LearnLostFilesTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_came_last_leaves_all_the_same(bool isAnswered)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        await nights.NextAsync(MemoryTown.Make());
        learn.Habits.Fault = (kind, _) => kind == "person" && !isAnswered ? LearnFault.HangUpAfterTaking : null;
        var second = await nights.NextAsync(MemoryTown.Make("newcomer"));
        learn.Habits.Fault = (_, _) => null;
        learn.WorkThrough();
        Assert.True(nights.Person("newcomer").IsEnabled);
        await foreach (var blob in azurite.Blobs.ListAsync(Containers.Feeds, $"{second.Run.Tenant}/{second.Run.Run}/", CancellationToken.None))
        {
            await azurite.Blobs.DeleteAsync(Containers.Feeds, blob.Name, CancellationToken.None);
        }

        await nights.Next(MemoryTown.Make("newcomer").Marking("newcomer")).WithFeed("freeze", new JsonObject { ["until"] = "2026-12-30", ["what"] = "all" }).RunAsync();
        learn.WorkThrough();

        Assert.False(nights.Person("newcomer").IsEnabled);
        Assert.True(nights.Person("bo").IsEnabled);
    }
}
