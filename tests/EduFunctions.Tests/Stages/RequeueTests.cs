using System.Text.Json;
using EduFunctions.Pipeline.Acts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>A run whose message failed for good goes on when the cause is gone, from where it stood.</summary>
[Collection(AzuriteTests.Name)]
public sealed class RequeueTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_failed_run_goes_on_from_its_stage_and_delivers_once_however_often_it_is_asked_for()
    {
        await using var town = await Town.StartAsync(azurite, School().Data);
        var port = (int)town.File["feeds"]![0]!["delivery"]!["port"]!;
        town.File["feeds"]![0]!["delivery"]!["port"] = 9;
        var failed = await town.SyncAsync();
        var run = (string)town.Run["run"]!;
        town.File["feeds"]![0]!["delivery"]!["port"] = port;
        await PublishAsync(town);

        var first = await town.CommandAsync("requeue", "--tenant", town.Id, "--run", run);
        var second = await town.CommandAsync("requeue", "--tenant", town.Id, "--run", run);

        Assert.Equal((1, 0, 3), (failed.ExitCode, first.ExitCode, second.ExitCode));
        Assert.Contains("is over; it ended well since", second.Errors);
        Assert.Single(town.DropBox.Received);
        var record = await RunAsync(town.Id, run);
        Assert.Equal(RunState.Delivered, record.State);
        Assert.Equal(["extract", "transform", "export", "export"], record.Stages.Select(stage => stage.Name));
        Assert.All(record.Stages, stage => Assert.NotNull(stage.Finished));
    }

    [Theory]
    [InlineData(Queues.Extract, RunState.Extracting)]
    [InlineData(Queues.Transform, RunState.Transforming)]
    [InlineData(Queues.Export, RunState.Exporting)]
    public async Task A_run_goes_back_to_the_state_of_its_stage_and_asking_again_changes_nothing(string queue, RunState state)
    {
        var night = await FailedAsync(queue);
        var requeueing = Requeueing();

        var first = await requeueing.RequeueAsync(night.Tenant, night.Run, Asker.Nobody, CancellationToken.None);
        var reopened = await RunAsync(night.Tenant, night.Run);
        var second = await requeueing.RequeueAsync(night.Tenant, night.Run, Asker.Nobody, CancellationToken.None);

        Assert.Equal((null, state, null), (first.Refusal, reopened.State, reopened.StateReason));
        Assert.Null(reopened.Finished);
        Assert.Equal(Text(first.Next), Text(second.Next));
        Assert.Equal(1, first.Next.Extract.Count + first.Next.Transform.Count + first.Next.Export.Count);
        Assert.Equal(reopened.Stages, (await RunAsync(night.Tenant, night.Run)).Stages);
    }

    [Fact]
    public async Task What_has_a_newer_run_or_no_poison_is_not_taken_up()
    {
        var night = await FailedAsync(Queues.Extract);
        var held = await azurite.Night(new SchoolBuilder(Night.Today)).As(night.Tenant).Dry().RunAsync();

        var old = await Requeueing().RequeueAsync(night.Tenant, night.Run, Asker.Nobody, CancellationToken.None);
        var unpoisoned = await Requeueing().RequeueAsync(night.Tenant, held.Run.Run, Asker.Nobody, CancellationToken.None);
        var unknown = await Requeueing().RequeueAsync(night.Tenant, "20200101T000000Z-0000", Asker.Nobody, CancellationToken.None);

        Assert.Contains($"Run {held.Run.Run} is newer", old.Refusal);
        Assert.Contains("nothing to put back", unpoisoned.Refusal);
        Assert.False(unknown.IsKnown);
    }

    [Fact]
    public async Task Poison_is_listed_with_its_cause_each_feed_for_itself()
    {
        var night = await FailedAsync(Queues.Export, "apple", "second");

        var listed = await Poison().ListAsync(night.Tenant, CancellationToken.None);

        Assert.Equal(["export-second", "export-apple"], listed.Select(message => message.Queue));
        Assert.All(listed, message => Assert.Equal((night.Run, true), (message.Run, message.Waits)));
        Assert.Contains("export failed too often", listed[0].Reason);
    }

    private async Task<RunRecord> FailedAsync(string queue, params string[] feeds) => (await azurite.Night(School()).RunAsync(async (pipeline, started) =>
    {
        foreach (var feed in feeds.DefaultIfEmpty("apple"))
        {
            var message = new ExportMessage(started.Run.Tenant, started.Run.Run, feed);
            await pipeline.PoisonAsync(queue, JsonSerializer.Serialize(message, Serialization.Compact), CancellationToken.None);
        }
    })).Run;

    private RunStore Runs() => new(azurite.Blobs, new Pipeline.Protection.Discretion(), TimeProvider.System);

    private PoisonStore Poison() => new(azurite.Blobs, Runs());

    private Requeueing Requeueing() => new(Runs(), Poison(), new ActLog(azurite.Blobs, new Seals(azurite.Blobs), new Discretion(), TimeProvider.System), TimeProvider.System);

    private async Task<RunRecord> RunAsync(string tenant, string run) => (await Runs().FindAsync(tenant, run, CancellationToken.None))!;

    private static string Text(NextMessages next) => JsonSerializer.Serialize(next, Serialization.Compact);

    private Task PublishAsync(Town town) => azurite.Blobs.WriteAsync(
        "tenants", $"{town.Id}.json", System.Text.Encoding.UTF8.GetBytes(town.File.ToJsonString()), CancellationToken.None);

    private static SchoolBuilder School()
    {
        var school = new SchoolBuilder(Night.Today);
        school.Unit("berget");
        school.Student("vilda", "berget");
        return school;
    }
}
