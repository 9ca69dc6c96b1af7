using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>A run that came to nothing has seen no more than the one before it: what waits there waits on, and is answered there.</summary>
[Trait(Level.Name, Level.Tools)]
public sealed class VainRunTests : IDisposable
{
    private readonly InMemoryGround _ground = new();
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40));

    public void Dispose() => _ground.Dispose();

    [Theory]
    [InlineData("a secret is missing")]
    [InlineData("a secret is missing for a dry run")]
    [InlineData("nobody is let in")]
    [InlineData("a roster that is gone is sent again")]
    public async Task A_plan_outlives_a_run_that_came_to_nothing(string mishap)
    {
        var held = await HeldAsync();
        var vain = await FailAsync(held, mishap);

        var (approved, refusal) = await Again(held).ApproveAsync(held.Run.Run, Hash(held));

        Assert.Contains(vain.Run.State, new[] { RunState.Failed, RunState.Held });
        Assert.Equal((null, RunState.Delivered), (refusal, approved.Run.State));
        Assert.Equal(20, (await approved.AppleAsync()).Rows("students.csv").Count);
        var next = await On(Half()).As(held.Run.Tenant).RunAsync();
        Assert.Equal((RunState.Delivered, ReceiptState.SkippedUnchanged), (next.Run.State, next.Run.Feeds[0].State));
        Assert.True(next.Run.Number > approved.Run.Number);
    }

    /// <summary>It may have read that somebody is protected by now.</summary>
    [Fact]
    public async Task A_run_that_has_read_a_page_takes_the_place_of_those_before_it()
    {
        var held = await HeldAsync();
        var broken = await Again(held).Behaving(habits => habits.Fault = page => page is { Collection: Collections.Persons, Page: > 0 } ? new Fault.Status(StatusCodes.Status403Forbidden) : null)
            .With("source.pageSize", 10).RunAsync();

        var (_, refusal) = await Again(held).ApproveAsync(held.Run.Run, Hash(held));

        Assert.Equal(RunState.Held, broken.Run.State);
        Assert.Equal($"Run {broken.Run.Run} is newer and has ended without a plan to answer, so the plan of run {held.Run.Run} is void. Sync again, and answer that run's plan.", refusal);
    }

    [Fact]
    public async Task Whoever_has_delivered_or_holds_a_plan_takes_the_place_of_those_before_it()
    {
        var first = await HeldAsync();
        var second = await On(Half()).As(first.Run.Tenant).RunAsync();
        var (_, replaced) = await Again(first).ApproveAsync(first.Run.Run, Hash(first));
        var third = await Again(first).RunAsync();
        var (_, settled) = await Again(first).ApproveAsync(second.Run.Run, Hash(second));

        Assert.Equal($"Run {second.Run.Run} is newer, so the plan of run {first.Run.Run} is void. Answer the newer one's plan.", replaced);
        Assert.Equal($"Run {third.Run.Run} is newer and has been delivered, so the plan of run {second.Run.Run} is void. Nothing of it waits any more.", settled);
    }

    /// <summary>It is written beside the approved run while that is under way.</summary>
    [Fact]
    public async Task A_run_that_is_refused_between_approval_and_message_keeps_nothing_from_being_sent()
    {
        var held = await HeldAsync();

        var (approved, _) = await Again(held).ApproveAsync(held.Run.Run, Hash(held), async (pipeline, next) =>
        {
            await FailAsync(held, "a secret is missing");
            await pipeline.ExportAsync(Assert.Single(next.Export), CancellationToken.None);
        });

        Assert.Equal(RunState.Delivered, approved.Run.State);
    }

    /// <summary>Its host was only frozen: what it came to nothing with is not gone on with over the approved run.</summary>
    [Fact]
    public async Task A_run_whose_place_an_answered_one_has_taken_is_not_taken_up_again()
    {
        var held = await HeldAsync();
        var vain = await FailAsync(held, "nobody is let in");
        await Again(held).ApproveAsync(held.Run.Run, Hash(held));
        var runs = new RunStore(_ground.Blobs, new(), TimeProvider.System);

        Assert.Null(await runs.ReopenAsync(held.Run.Tenant, vain.Run.Run, run => run with { State = RunState.Extracting }, CancellationToken.None));
        Assert.Equal(held.Run.Run, await runs.FindNewestAsync(held.Run.Tenant, CancellationToken.None));
    }

    [Fact]
    public async Task What_waits_is_told_on_while_runs_come_to_nothing()
    {
        var held = await HeldAsync();
        await FailAsync(held, "nobody is let in");
        var runs = new RunStore(_ground.Blobs, new(), TimeProvider.System);

        var standing = await runs.FindStandingAsync(held.Run.Tenant, CancellationToken.None);

        Assert.Equal(held.Run.Run, standing?.Run);
    }

    private Task<NightResult> FailAsync(NightResult held, string mishap) => mishap switch
    {
        "a secret is missing" => Again(held).Setting($"Secrets:{TenantJson.SourceSecret}", "").RunAsync(),
        "a secret is missing for a dry run" => Again(held).Dry().Setting($"Secrets:{TenantJson.SourceSecret}", "").RunAsync(),
        "nobody is let in" => Again(held).Setting($"Secrets:{TenantJson.SourceSecret}", "another").RunAsync(),
        _ => Again(held).ResendAsync("20260101T000000Z-0000"),
    };

    private EditedSchoolData Half() => _town.Next().Losing("berget", 20, 40);

    private async Task<NightResult> HeldAsync()
    {
        var first = await On(_town).RunAsync();
        var held = await On(Half()).As(first.Run.Tenant).RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        return held;
    }

    private Night On(ISchoolData school) => new(_ground, school);

    private Night Again(NightResult held) => On(_town).As(held.Run.Tenant);

    private static string Hash(NightResult night) => night.Run.Feeds[0].Plan!.Hash;
}
