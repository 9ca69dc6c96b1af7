using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A marking on the pages of a pull on which nothing is decided takes effect the same night, and nothing else does.</summary>
[Collection(TargetTests.Name)]
public sealed class RefusedPullTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("breaks off")]
    [InlineData("is too small")]
    public async Task Whoever_it_marks_leaves_against_what_was_delivered_last(string pull)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var others = Enumerable.Range(0, 20).Select(number => $"pupil{(char)('a' + number)}").ToArray();
        var first = await nights.NextAsync(MemoryTown.Make(others));
        var next = pull == "breaks off"
            ? nights.Next(MemoryTown.Make([.. others, "newcomer"]).Without("cleo").Marking("alva").Data).Behaving(habits => habits.Fault = page =>
                page.Collection == "duties" && Waiting.For(() => nights.HasStoredAsync("persons", nights: 2)) ? new Fault.Status(403) : null)
            : nights.Next(MemoryTown.Make("newcomer").Without("cleo").Marking("alva").Data, acceptsShrink: false);

        var night = await nights.RunAsync(next);

        Assert.Equal(RunState.Held, night.Night.Run.State);
        Assert.EndsWith("Who is protected was taken out of the targets all the same.", night.Night.Run.StateReason);
        Assert.All(night.Night.Run.Feeds, feed => Assert.True(feed.LastError is null, $"{feed.Name}: {feed.State} {feed.LastError}"));
        nights.AssertGone("alva", "gunhild");
        nights.AssertThere("bo", "cleo", others[0]);
        Assert.DoesNotContain(Ids.Of("newcomer"), nights.Learn.State.Enabled("person"));
        await night.AssertUntoldAsync("alva");
        await night.AssertUntoldAsync("gunhild");

        var resent = await nights.RunAsync(nights.Next(MemoryTown.Make().Data).ResendAsync(first.Night.Run.Run));
        nights.AssertGone("alva", "gunhild");
        await resent.AssertUntoldAsync("alva");

        // What went out is no delivery: the next night is compared with the one before.
        var good = await nights.NextAsync(MemoryTown.Make([.. others, "newcomer"]).Without("cleo"));
        Assert.True(good.Night.Run.State == RunState.Delivered, good.Night.Run.StateReason);
        nights.AssertGone("alva", "gunhild", "cleo");
        nights.AssertThere("bo", "newcomer");
    }

    [Fact]
    public async Task Where_nobody_has_to_leave_it_is_held_as_ever()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));
        await nights.NextAsync(MemoryTown.Make().Marking("alva"));

        var night = await nights.RunAsync(nights.Next(MemoryTown.Make().Marking("alva").Data)
            .Behaving(habits => habits.Fault = page => page.Collection == "duties" ? new Fault.Status(403) : null));

        Assert.Equal(RunState.Held, night.Night.Run.State);
        Assert.All(night.Night.Run.Feeds, feed => Assert.Null(feed.State));
        Assert.Empty(night.Posts);
    }
}
