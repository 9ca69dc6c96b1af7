using System.Text.Json;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Protection;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Sealing;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Pipeline.Verifying;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.CommandLine;
using EduFunctions.Tests.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Sealing;

/// <summary>Whatever an operator does by the commands for it is no tampering, and takes no answer from anybody.</summary>
[Collection(AzuriteTests.Name)]
public sealed class VerifiedActsTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 30));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_roster_that_was_sent_again(bool isDry)
    {
        var first = await azurite.Night(_town).RunAsync();
        await azurite.Night(_town.Next().Joining("berget", "stig")).As(first.Run.Tenant).RunAsync();
        var night = azurite.Night(_town).As(first.Run.Tenant);

        var again = await (isDry ? night.Dry() : night).ResendAsync(first.Run.Run);

        Assert.Equal(isDry ? RunState.DryRun : RunState.Delivered, again.Run.State);
        await AssertGoodAsync(first.Run.Tenant);
    }

    [Fact]
    public async Task A_plan_that_was_approved()
    {
        var first = await azurite.Night(_town).RunAsync();
        var held = await azurite.Night(_town.Next().Losing("berget", 15, 30)).As(first.Run.Tenant).RunAsync();

        var (approved, refusal) = await azurite.Night(_town).As(first.Run.Tenant).ApproveAsync(held.Run.Run, held.Run.Feeds[0].Plan!.Hash);

        Assert.Null(refusal);
        Assert.Equal(RunState.Delivered, approved.Run.State);
        await AssertGoodAsync(first.Run.Tenant);
    }

    [Fact]
    public async Task A_run_that_was_taken_up_again()
    {
        var failed = await azurite.Night(_town).RunAsync(async (pipeline, planned) =>
        {
            var next = await pipeline.ExtractAsync(planned.Next.Extract[0], CancellationToken.None);
            next = await pipeline.TransformAsync(next.Transform[0], CancellationToken.None);
            await pipeline.PoisonAsync(Queues.Export, JsonSerializer.Serialize(next.Export[0], Serialization.Compact), CancellationToken.None);
        });
        await AssertGoodAsync(failed.Run.Tenant);

        var again = await azurite.Night(_town).As(failed.Run.Tenant).RequeueAsync(failed.Run.Run);

        Assert.Equal(RunState.Delivered, again.Run.State);
        await AssertGoodAsync(failed.Run.Tenant);
    }

    [Fact]
    public async Task A_person_who_was_purged_and_everybody_else_is_still_explained()
    {
        await using var town = await Town.StartAsync(azurite, _town);
        await town.PassAsync();
        await town.PassAsync();
        await town.PassAsync();

        var purge = await town.CommandAsync("purge", "--tenant", town.Id, "--person", Ids.Of("berget7"));
        var explained = await town.CommandAsync("explain", "--tenant", town.Id, "--person", Ids.Of("berget8"));

        Assert.Equal(0, purge.ExitCode);
        Assert.Contains("ledger.bin", purge.Output);
        Assert.Equal((0, ""), (explained.ExitCode, explained.Errors.Trim()));
        await AssertGoodAsync(town.Id);
    }

    private async Task AssertGoodAsync(string tenant)
    {
        var verification = new Verification(
            azurite.Blobs, new Seals(azurite.Blobs), new RunStore(azurite.Blobs, new Discretion(), TimeProvider.System), TimeProvider.System);
        Assert.Empty((await verification.RunAsync(tenant, new PrivacySettings(), head: null, CancellationToken.None)).Problems);
    }
}
