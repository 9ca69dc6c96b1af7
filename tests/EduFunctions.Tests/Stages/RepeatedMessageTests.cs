using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Queues deliver at least once: every message twice, the end is that of one undisturbed run.</summary>
[Collection(AzuriteTests.Name)]
public sealed class RepeatedMessageTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Every_message_twice_sends_each_feed_once()
    {
        var night = await TwoFeeds().RunAsync(async (pipeline, started) =>
        {
            var run = started.Run;
            var transform = await TwiceAsync(started.Next.Extract, pipeline.ExtractAsync, next => next.Transform);
            var export = await TwiceAsync(transform, pipeline.TransformAsync, next => next.Export);
            Assert.Equal(["apple", "second"], export.Select(message => message.Feed));
            await TwiceAsync(export, pipeline.ExportAsync, next => next.Export);
            await TwiceAsync([new TransformMessage(run.Tenant, run.Run)], pipeline.TransformAsync, next => next.Export);
        });

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal(["extract", "transform", "export"], night.Run.Stages.Select(stage => stage.Name));
        Assert.Equal(2, night.Received.Count);
    }

    [Fact]
    public async Task An_exported_feed_is_not_sent_again_while_another_is_still_to_come()
    {
        var night = await TwoFeeds().RunAsync(async (pipeline, started) =>
        {
            var next = await pipeline.ExtractAsync(started.Next.Extract[0], CancellationToken.None);
            next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
            await pipeline.ExportAsync(next.Export[0], CancellationToken.None);
            await pipeline.ExportAsync(next.Export[0], CancellationToken.None);
        });

        Assert.Equal(RunState.Exporting, night.Run.State);
        Assert.Single(night.Received);
    }

    /// <summary>Written by hand, as the handbook lets operators do.</summary>
    [Fact]
    public async Task A_message_before_its_time_or_for_no_feed_of_the_run_does_nothing()
    {
        var night = await TwoFeeds().RunAsync(async (pipeline, started) =>
        {
            var (tenant, run) = (started.Run.Tenant, started.Run.Run);
            Assert.Equal(NextMessages.None, await pipeline.TransformAsync(new TransformMessage(tenant, run), CancellationToken.None));
            Assert.Equal(NextMessages.None, await pipeline.ExportAsync(new ExportMessage(tenant, run, "apple"), CancellationToken.None));
            var next = await pipeline.ExtractAsync(started.Next.Extract[0], CancellationToken.None);
            Assert.Equal(NextMessages.None, await pipeline.ExportAsync(new ExportMessage(tenant, run, "apple"), CancellationToken.None));
            next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
            Assert.Equal(NextMessages.None, await pipeline.ExportAsync(new ExportMessage(tenant, run, "nobody"), CancellationToken.None));
            foreach (var export in next.Export)
            {
                await pipeline.ExportAsync(export, CancellationToken.None);
            }
        });

        Assert.Equal(RunState.Delivered, night.Run.State);
        Assert.Equal(2, night.Received.Count);
    }

    [Fact]
    public async Task A_message_for_a_run_that_is_over_does_nothing()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        var night = await azurite.Night(school).RunAsync(async (pipeline, started) =>
        {
            await pipeline.ExtractAsync(started.Next.Extract[0], CancellationToken.None);
            var held = await pipeline.TransformAsync(new TransformMessage(started.Run.Tenant, started.Run.Run), CancellationToken.None);
            Assert.Equal(NextMessages.None, held);
            Assert.Equal(NextMessages.None, await pipeline.ExtractAsync(started.Next.Extract[0], CancellationToken.None));
        });

        Assert.Equal(RunState.Held, night.Run.State);
    }

    [Fact]
    public async Task A_message_that_failed_for_good_ends_its_run_and_is_kept()
    {
        var night = await azurite.Night(School()).RunAsync((pipeline, started) => pipeline.PoisonAsync(
            Queues.Extract, System.Text.Json.JsonSerializer.Serialize(started.Next.Extract[0], Serialization.Compact), CancellationToken.None));

        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Contains("extract failed too often", night.Run.StateReason);
        var kept = await azurite.Blobs.ReadAsync("state", $"{night.Run.Tenant}/poison/{night.Run.Run}-extract.json", CancellationToken.None);
        Assert.Equal(night.Run.Run, (string?)JsonNode.Parse(kept!.Content)!["run"]);
    }

    /// <summary>Feeds that are sent whether they changed or not, so that only the receipts keep them from being sent again.</summary>
    private Night TwoFeeds()
    {
        var night = azurite.Night(School()).WithApple("always", true);
        night.AddFeed("second");
        return night;
    }

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        return school;
    }

    private static async Task<List<TNext>> TwiceAsync<T, TNext>(
        IEnumerable<T> messages, Func<T, CancellationToken, Task<NextMessages>> stage, Func<NextMessages, IEnumerable<TNext>> pick)
    {
        var next = new List<TNext>();
        foreach (var message in messages)
        {
            next.AddRange(pick(await stage(message, CancellationToken.None)));
            next.AddRange(pick(await stage(message, CancellationToken.None)));
        }

        return [.. next.Distinct()];
    }
}
