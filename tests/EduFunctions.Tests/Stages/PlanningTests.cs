using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Storage;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>The transform plans all feeds; an export carries out what was started.</summary>
[Collection(AzuriteTests.Name)]
public sealed class PlanningTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_feed_has_its_plan_when_the_transform_ends()
    {
        var night = await TwoFeeds().RunAsync(async (pipeline, started) =>
        {
            var next = await pipeline.ExtractAsync(started.Next.Extract[0], CancellationToken.None);
            await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
        });

        Assert.Equal(RunState.Exporting, night.Run.State);
        foreach (var feed in night.Run.Feeds)
        {
            var plan = await new PlanStore(azurite.Blobs).FindAsync(night.Run.Tenant, night.Run.Run, feed.Name, CancellationToken.None);
            Assert.Equal(RosterPath.Roster(night.Run.Tenant, night.Run.Run), plan!.Roster!.Roster);
            Assert.NotNull(await azurite.Blobs.ReadAsync(Containers.Rosters, plan.Roster.Selection, CancellationToken.None));
        }
    }

    [Fact]
    public async Task A_feed_without_a_plan_is_planned_by_its_export()
    {
        var night = await AfterTransformAsync(TwoFeeds(), run => azurite.Blobs.DeleteAsync(Containers.Rosters, RosterPath.Plan(run.Tenant, run.Run, "second"), default));

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal(2, night.Received.Count);
        Assert.All(night.Run.Feeds, feed => Assert.Equal(1, feed.Plan!.Added));
    }

    [Fact]
    public async Task A_feed_that_cannot_be_planned_is_held_and_the_others_go_out()
    {
        var night = await TwoFeeds().With(new TestFeed("file.txt", "") { Refusal = "Nobody knows what it has." }).RunAsync();

        Assert.Equal([ReceiptState.Held, ReceiptState.Sent], night.Run.Feeds.Select(feed => feed.State!.Value));
        Assert.Equal(RunState.Held, night.Run.State);
        Assert.Contains("Feed apple: Nobody knows what it has.", night.Run.StateReason);
        Assert.Single(night.Received);
    }

    [Fact]
    public async Task What_was_planned_and_is_gone_is_made_anew()
    {
        var night = await AfterTransformAsync(
            TwoFeeds(), run => azurite.Blobs.DeleteAsync(Containers.Rosters, RosterPath.Selection(run.Tenant, run.Run, "apple", "planned"), default));

        Assert.Equal([ReceiptState.Sent, ReceiptState.Sent], night.Run.Feeds.Select(feed => feed.State!.Value));
    }

    [Fact]
    public async Task What_was_planned_and_cannot_be_made_anew_is_not_sent()
    {
        var night = await AfterTransformAsync(TwoFeeds(), async run =>
        {
            await azurite.Blobs.DeleteAsync(Containers.Rosters, RosterPath.Roster(run.Tenant, run.Run), default);
            await azurite.DamageAsync(run, "snapshot", "gone");
        });

        Assert.Equal([ReceiptState.Held, ReceiptState.Held], night.Run.Feeds.Select(feed => feed.State!.Value));
        Assert.Contains("Repeat the run.", night.Run.StateReason);
    }

    private Night TwoFeeds()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        var night = azurite.Night(school);
        night.AddFeed("second");
        return night;
    }

    private static Task<NightResult> AfterTransformAsync(Night night, Func<RunRecord, Task> happen) => night.RunAsync(async (pipeline, started) =>
    {
        var next = await pipeline.ExtractAsync(started.Next.Extract[0], CancellationToken.None);
        next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
        await happen(started.Run);
        foreach (var message in next.Export)
        {
            await pipeline.ExportAsync(message, CancellationToken.None);
        }
    });
}
