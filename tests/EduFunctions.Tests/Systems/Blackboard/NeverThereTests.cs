using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Systems.Blackboard;

/// <summary>Whoever was sent to Learn and never came to be there is refused when Learn is told to delete them: that is an end, and no trouble.</summary>
[Collection(TargetTests.Name)]
public sealed class NeverThereTests(AzuriteFixture azurite)
{
    private const string NotAll = "Not all of who is protected was taken out";

    [Theory]
    [InlineData("store", LearnFault.ServerError, true)]
    [InlineData("store", LearnFault.ServerError, false)]
    [InlineData("store", LearnFault.StackTrace, true)]
    [InlineData("store", LearnFault.HangUpAfterTaking, true)]
    [InlineData("store", LearnFault.HangUpAfterTaking, false)]
    [InlineData("refresh", LearnFault.ServerError, true)]
    public async Task Learn_refuses_them_and_is_told_no_more(string operation, LearnFault fault, bool rests)
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        nights.Settings["operation"] = operation;
        await nights.NextAsync(MemoryTown.Make());
        learn.Habits.Fault = (kind, _) => kind == "person" ? fault : null;
        await nights.NextAsync(MemoryTown.Make("xena"));
        learn.Habits.Fault = (_, _) => null;
        var marked = MemoryTown.Make("xena").Marking("xena", "alva");

        for (var night = 0; rests && night < 2; night++)
        {
            var resting = await Frozen(nights, marked).RunAsync();
            Assert.DoesNotContain(NotAll, resting.Run.Feeds[0].Reason!, StringComparison.Ordinal);
            Assert.Contains("was taken out of the target all the same", resting.Run.Feeds[0].Reason!, StringComparison.Ordinal);
        }

        await nights.NextAsync(marked);
        await nights.NextAsync(marked);
        var told = learn.Posts.Count;
        var last = await nights.NextAsync(marked);

        nights.AssertHolds("person", "bo", "cleo", "hugo");
        Assert.Equal(RunState.Delivered, last.Run.State);
        Assert.DoesNotContain(nights.Posts(told), post => post.EndsWith("/delete", StringComparison.Ordinal));
    }

    /// <summary>Of what Learn has taken nobody knows why it refuses to delete it.</summary>
    [Fact]
    public async Task Whoever_was_there_is_told_of_as_long_as_Learn_refuses()
    {
        await using var learn = await LearnServer.StartAsync();
        var nights = new LearnNights(azurite, learn);
        await nights.NextAsync(MemoryTown.Make());
        learn.State.Purge(nights.Person("alva"));

        for (var night = 0; night < 2; night++)
        {
            var resting = await Frozen(nights, MemoryTown.Make().Marking("alva")).RunAsync();
            Assert.Contains(NotAll, resting.Run.Feeds[0].Reason!, StringComparison.Ordinal);
        }

        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        var last = await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        Assert.Equal(ReceiptState.ProcessedWithErrors, last.Run.Feeds[0].State);
    }

    private static Night Frozen(LearnNights nights, SchoolBuilder school) =>
        nights.Next(school).WithFeed("freeze", new JsonObject { ["until"] = "2026-12-30", ["what"] = "all" });
}
