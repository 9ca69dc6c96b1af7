using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Blackboard;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>A feed whose target is dead costs the others nothing.</summary>
[Collection(AzuriteTests.Name)]
public sealed class FeedsApartTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Poison_of_one_feed_ends_that_feed_and_the_run_when_the_others_have_ended()
    {
        var states = new List<RunState>();
        var night = await TwoFeeds().RunAsync(async (pipeline, planned) =>
        {
            var next = await pipeline.ExtractAsync(planned.Next.Extract[0], CancellationToken.None);
            next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
            await pipeline.PoisonAsync(Queues.Export, Text(next.Export[0]), CancellationToken.None);
            states.Add(await StateAsync(planned.Run));

            // Its message may come once more, and does nothing then.
            await pipeline.ExportAsync(next.Export[0], CancellationToken.None);
            states.Add(await StateAsync(planned.Run));
            await pipeline.ExportAsync(next.Export[1], CancellationToken.None);
        });

        Assert.Equal([RunState.Exporting, RunState.Exporting], states);
        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Equal([ReceiptState.Failed, ReceiptState.Sent], night.Run.Feeds.Select(feed => feed.State!.Value));
        Assert.Contains("Feed apple: The stage export failed too often.", night.Run.StateReason);
        Assert.Single(night.Received);
        var receipt = await night.ReceiptAsync();
        Assert.Equal((ReceiptState.Failed, true), (receipt.State, receipt.IsGivenUp));
    }

    [Fact]
    public async Task A_run_that_is_taken_up_again_delivers_the_feed_that_was_given_up_and_no_other()
    {
        var failed = await TwoFeeds().RunAsync(async (pipeline, planned) =>
        {
            var next = await pipeline.ExtractAsync(planned.Next.Extract[0], CancellationToken.None);
            next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
            await pipeline.PoisonAsync(Queues.Export, Text(next.Export[0]), CancellationToken.None);
            await pipeline.ExportAsync(next.Export[1], CancellationToken.None);
        });

        var again = await TwoFeeds().As(failed.Run.Tenant).RequeueAsync(failed.Run.Run);

        Assert.Equal(RunState.Delivered, again.Run.State);
        Assert.Equal([ReceiptState.Sent, ReceiptState.Sent], again.Run.Feeds.Select(feed => feed.State!.Value));
        Assert.Single(again.Received);
        Assert.True(again.Run.Number > failed.Run.Number);
    }

    [Theory]
    [InlineData(RunState.Transforming)]
    [InlineData(RunState.Exporting)]
    public async Task A_feed_that_leaves_the_tenant_file_during_the_run_ends_alone(RunState before)
    {
        var night = await TwoFeeds().RunAsync(async (pipeline, planned) =>
        {
            var next = await pipeline.ExtractAsync(planned.Next.Extract[0], CancellationToken.None);
            await LeaveAsync(RunState.Transforming);
            next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
            await LeaveAsync(RunState.Exporting);
            foreach (var message in next.Export)
            {
                await pipeline.ExportAsync(message, CancellationToken.None);
            }

            async Task LeaveAsync(RunState now)
            {
                if (now == before)
                {
                    var name = $"{planned.Run.Tenant}.json";
                    var tenant = JsonNode.Parse((await azurite.Blobs.ReadAsync("tenants", name, CancellationToken.None))!.Content)!;
                    tenant["feeds"]!.AsArray().RemoveAt(0);
                    await azurite.Blobs.WriteAsync("tenants", name, Encoding.UTF8.GetBytes(tenant.ToJsonString()), CancellationToken.None);
                }
            }
        });

        Assert.Equal((RunState.Held, "Feed apple: The feed apple is no longer in the tenant file. Repeat the run."), (night.Run.State, night.Run.StateReason));
        Assert.Equal([ReceiptState.Held, ReceiptState.Sent], night.Run.Feeds.Select(feed => feed.State!.Value));
        Assert.Single(night.Received);
    }

    [Fact]
    public async Task A_feed_that_takes_many_slices_goes_on_when_another_was_given_up()
    {
        await using var learn = await LearnServer.StartAsync();
        learn.Habits.IdlePolls = 20;
        var slices = 1;
        var night = await Slow(learn).RunAsync(async (pipeline, planned) =>
        {
            var next = await pipeline.ExtractAsync(planned.Next.Extract[0], CancellationToken.None);
            var exports = (await pipeline.TransformAsync(next.Transform[0], CancellationToken.None)).Export;
            next = await pipeline.ExportAsync(exports[1], CancellationToken.None);
            await pipeline.PoisonAsync(Queues.Export, Text(exports[0]), CancellationToken.None);
            for (; next.Export is [var again]; slices++)
            {
                next = await pipeline.ExportAsync(again, CancellationToken.None);
            }
        });

        Assert.True(slices > 3, $"{slices} slices");
        Assert.Equal(RunState.Failed, night.Run.State);
        Assert.Equal([ReceiptState.Failed, ReceiptState.Processed], night.Run.Feeds.Select(feed => feed.State!.Value));
        Assert.Equal(["person", "course", "membership"], learn.Posts.Select(post => post.Kind));
    }

    private async Task<RunState> StateAsync(RunRecord run)
    {
        var stored = await azurite.Blobs.ReadAsync("runs", $"{run.Tenant}/{run.Run}.json", CancellationToken.None);
        return JsonSerializer.Deserialize<RunRecord>(Encoding.UTF8.GetString(stored!.Content), Serialization.Indented)!.State;
    }

    private static string Text(ExportMessage message) => JsonSerializer.Serialize(message, Serialization.Compact);

    private Night TwoFeeds()
    {
        var night = azurite.Night(School());
        night.AddFeed("second");
        return night;
    }

    private Night Slow(LearnServer learn) => azurite.Night(School())
        .With("feeds", new JsonArray(TenantJson.FeedOf("appleSchoolManager", []), TenantJson.Blackboard(learn, null)))
        .Setting("Pipeline:SliceLength", "00:01:00")
        .Setting($"Secrets:{TenantJson.LearnSecret}", learn.Integrations[0].Password)
        .Registering(services => services.AddSingleton<TimeProvider>(new SkippingTime()));

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        school.Group("7a", "berget", "Klass", "vilda");
        return school;
    }
}
