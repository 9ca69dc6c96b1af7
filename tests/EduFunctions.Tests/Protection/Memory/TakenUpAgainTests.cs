using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Simulators.EduCloud;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>What is taken up again or released shows nobody who is protected by then, whichever night learnt of it.</summary>
[Collection(TargetTests.Name)]
public sealed class TakenUpAgainTests(AzuriteFixture azurite)
{
    private static readonly string[] Others = [.. Enumerable.Range(0, 20).Select(number => $"pupil{(char)('a' + number)}")];
    private static readonly string[] Leavers = Others[..15];

    [Theory]
    [InlineData(Queues.Transform)]
    [InlineData(Queues.Export)]
    public async Task A_failed_run_that_marked_them_takes_them_out_by_keys_alone(string queue)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Telling());
        nights.AssertThere("alva", "gunhild");
        var failed = await FailAsync(nights, Telling().Marking("alva"), queue);

        var again = await nights.RunAsync(nights.Next(Telling().Data).RequeueAsync(failed.Night.Run.Run));

        Assert.Equal((RunState.Failed, RunState.Delivered), (failed.Night.Run.State, again.Night.Run.State));
        nights.AssertGone("alva", "gunhild");
        nights.AssertThere("bo");
        await AssertUntoldAsync(again);
    }

    [Fact]
    public async Task A_failed_run_from_before_the_marking_is_not_taken_up_again()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Telling());
        var failed = await FailAsync(nights, Telling("newcomer"), Queues.Export);
        var broken = await BreakOffAsync(nights, Telling().Marking("alva"));

        var again = await nights.RunAsync(nights.Next(Telling().Data).RequeueAsync(failed.Night.Run.Run));

        Assert.Equal((RunState.Held, RunState.Failed), (broken.Night.Run.State, again.Night.Run.State));
        AssertNothingWent(again);
        nights.AssertGone("alva", "gunhild");
    }

    [Fact]
    public async Task A_plan_that_marked_them_is_released_without_them()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Telling(Others));
        var held = await nights.NextAsync(Telling(Others).Without(Leavers).Marking("alva"));
        nights.AssertGone("alva", "gunhild");
        nights.AssertThere(Leavers);

        var (approved, refusal) = await nights.Next(Telling().Data).ApproveAllAsync(held.Night.Run.Run);
        var released = await nights.RunAsync(Task.FromResult(approved));

        Assert.Null(refusal);
        Assert.Equal((RunState.Held, RunState.Delivered), (held.Night.Run.State, approved.Run.State));
        nights.AssertGone(["alva", "gunhild", .. Leavers]);
        nights.AssertThere("bo");
        await AssertUntoldAsync(held);
        await AssertUntoldAsync(released);
    }

    [Fact]
    public async Task A_plan_from_before_the_marking_is_not_released()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Telling(Others));
        var held = await nights.NextAsync(Telling(Others).Without(Leavers));
        Assert.Equal(RunState.Held, held.Night.Run.State);
        var broken = await BreakOffAsync(nights, Telling(Others).Without(Leavers).Marking("alva"));

        var (answered, refusal) = await nights.Next(Telling().Data).ApproveAllAsync(held.Night.Run.Run);

        Assert.Contains($"Run {broken.Night.Run.Run} is newer", refusal);
        AssertNothingWent(await nights.RunAsync(Task.FromResult(answered)));
        nights.AssertGone("alva", "gunhild");
    }

    /// <summary>A pull that comes to nothing but that somebody is marked.</summary>
    private static Task<SentNight> BreakOffAsync(TargetNights nights, SchoolBuilder town) => nights.RunAsync(nights.Next(town.Data).Behaving(habits =>
        habits.Fault = page => page.Collection == "duties" && Waiting.For(() => nights.HasStoredAsync("persons", nights: 3)) ? new Fault.Status(403) : null));

    private static Task<SentNight> FailAsync(TargetNights nights, SchoolBuilder town, string queue) => nights.RunAsync(nights.Next(town.Data).RunAsync(
        async (pipeline, started) =>
        {
            var next = await pipeline.ExtractAsync(started.Next.Extract.Single(), CancellationToken.None);
            if (queue == Queues.Export)
            {
                next = await pipeline.TransformAsync(next.Transform.Single(), CancellationToken.None);
            }

            foreach (var message in next.Transform.Cast<object>().Concat(next.Export))
            {
                await pipeline.PoisonAsync(queue, JsonSerializer.Serialize(message, message.GetType(), Serialization.Compact), CancellationToken.None);
            }
        }));

    private static void AssertNothingWent(SentNight night)
    {
        Assert.Empty(night.Posts);
        Assert.Empty(night.Zips);
    }

    private static async Task AssertUntoldAsync(SentNight night)
    {
        await night.AssertUntoldAsync("alva", "alva@", "Zqalva", "Zqberglund");
        await night.AssertUntoldAsync("gunhild");
    }

    /// <summary>A group is called by her name.</summary>
    private static SchoolBuilder Telling(params string[] others)
    {
        var school = MemoryTown.Make(others);
        (school.Person("alva")["givenName"], school.Person("alva")["familyName"]) = ("Zqalva", "Zqberglund");
        school.Data[Collections.Groups][0]["displayName"] = "Stöd ZqalvaZqberglund4b";
        return school;
    }
}
