using System.Text.Json.Nodes;
using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using EduFunctions.Tests.Protection.Memory;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>An operator's no: what came beside what is held is taken back, what is held stays, and nobody can approve it any more.</summary>
[Collection(AzuriteTests.Name)]
public sealed class RefusalTests(AzuriteFixture azurite)
{
    private readonly JsonSchoolData _town = GuardTown.Of(("berget", 40));

    [Fact]
    public async Task What_came_while_a_plan_waited_is_taken_back()
    {
        var first = await azurite.Night(_town).RunAsync();
        await azurite.Night(Half().Joining("berget", "stranger")).As(first.Run.Tenant).On("2026-09-02").RunAsync();
        var held = await azurite.Night(Half().Joining("berget", "stranger").Joining("berget", "another")).As(first.Run.Tenant).On("2026-09-03").RunAsync();
        Assert.Equal(42, (await held.AppleAsync()).Rows("students.csv").Count);

        var (refused, obstacle) = await Again(held).RefuseAsync(held.Run.Run, Hash(held));

        Assert.Null(obstacle);
        Assert.Equal((RunState.Delivered, ReceiptState.Sent), (refused.Run.State, refused.Run.Feeds[0].State));
        Assert.Empty(refused.Run.Feeds[0].Holds);
        Assert.Equal((await first.AppleAsync()).Files["students.csv"], (await refused.AppleAsync()).Files["students.csv"]);
        Assert.Equal((true, "olle", Hash(held)), (refused.Run.Feeds[0].Approval!.IsRefusal, refused.Run.Feeds[0].Approval!.By, refused.Run.Feeds[0].Approval!.Plan));
        Assert.True(refused.Run.Seal!.Sequence > held.Run.Seal!.Sequence);
        var mended = await azurite.Night(_town).As(first.Run.Tenant).On("2026-09-04").RunAsync();
        Assert.Equal((RunState.Delivered, ReceiptState.SkippedUnchanged), (mended.Run.State, mended.Run.Feeds[0].State));
    }

    /// <summary>Guardians without a setting that asks for them, and the second of two who have one login.</summary>
    [Fact]
    public async Task Nobody_comes_by_it_whom_the_feed_leaves_out()
    {
        string[] leavers = [.. Enumerable.Range(1, 15).Select(number => $"leaver {number}")];
        var first = await Of(azurite.Night(Town(leavers))).RunAsync();
        var held = await Of(azurite.Night(Town("stranger")).As(first.Run.Tenant)).AcceptingShrink().RunAsync();
        Assert.Equal(RunState.Held, held.Run.State);
        Assert.Contains(Ids.Of("stranger"), Users(held));

        var (refused, obstacle) = await Of(azurite.Night(Town("stranger")).As(first.Run.Tenant)).RefuseAsync(held.Run.Run, Hash(held));

        Assert.Null(obstacle);
        Assert.DoesNotContain(Ids.Of("gunhild"), Users(first));
        Assert.Equal(Users(first), Users(refused));

        Night Of(Night night) => night.WithFeed("type", "oneRosterCsv").WithFeed("settings", new JsonObject());

        static SchoolBuilder Town(params string[] pupils)
        {
            var town = MemoryTown.Make(pupils);
            foreach (var names in new[] { "eduPersonPrincipalNames", "emails" })
            {
                town.Person("cleo")[names] = town.Person("bo")[names]!.DeepClone();
            }

            return town;
        }

        static IEnumerable<string> Users(NightResult night) =>
            new AppleZip(File.ReadAllBytes(night.Received[^1].LocalFile)).Column("users.csv", "sourcedId").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task The_plan_says_first_what_a_refusal_does()
    {
        var first = await azurite.Night(_town).RunAsync();

        var held = await azurite.Night(Half().Joining("berget", "stranger")).As(first.Run.Tenant).On("2026-09-02").RunAsync();

        Assert.Equal(
            [
                "1 students that came where something is held are taken back, the first of them from 2026-09-02.",
                "What is held stays as the target has it, and this plan can no longer be approved.",
            ],
            (await held.PlanAsync()).Plan.WhenRefused!);
    }

    [Fact]
    public async Task A_plan_has_one_answer()
    {
        var first = await azurite.Night(_town).RunAsync();
        var held = await azurite.Night(Half()).As(first.Run.Tenant).RunAsync();
        var (refused, _) = await Again(held).RefuseAsync(held.Run.Run, Hash(held));

        var (_, tooLate) = await Again(held).ApproveAsync(held.Run.Run, Hash(held));
        var (again, obstacle) = await Again(held).RefuseAsync(held.Run.Run, Hash(held));

        Assert.Equal(ReceiptState.SkippedUnchanged, refused.Run.Feeds[0].State);
        Assert.Contains("was refused already, at", tooLate);
        Assert.Contains("by olle", tooLate);
        Assert.Null(obstacle);
        Assert.Empty(again.Received);
    }

    [Fact]
    public async Task What_was_approved_cannot_be_refused()
    {
        var first = await azurite.Night(_town).RunAsync();
        var held = await azurite.Night(Half()).As(first.Run.Tenant).RunAsync();
        await Again(held).ApproveAsync(held.Run.Run, Hash(held));

        var (after, obstacle) = await Again(held).RefuseAsync(held.Run.Run, Hash(held));

        Assert.Contains("was approved already", obstacle);
        Assert.Equal(20, (await after.AppleAsync()).Rows("students.csv").Count);
    }

    [Fact]
    public async Task Where_nothing_was_sent_there_is_nothing_to_take_back()
    {
        var first = await azurite.Night(_town).RunAsync();
        await azurite.DamageAsync(first.Run, "delivered.json", "gone");
        var held = await azurite.Night(_town).As(first.Run.Tenant).RunAsync();

        var (_, obstacle) = await Again(held).RefuseAsync(held.Run.Run, Hash(held));

        Assert.Contains("nothing to take back", obstacle);
    }

    /// <summary>How long something waits is said wherever it is shown, and ends with an answer.</summary>
    [Fact]
    public async Task What_is_held_says_since_when()
    {
        var first = await azurite.Night(_town).On("2026-09-01").RunAsync();
        var second = await azurite.Night(Half()).As(first.Run.Tenant).On("2026-09-02").RunAsync();
        var third = await azurite.Night(Half()).As(first.Run.Tenant).On("2026-09-03").RunAsync();
        var fourth = await azurite.Night(Half()).As(first.Run.Tenant).On("2026-09-04").RunAsync();

        Assert.All(second.Run.Feeds[0].Holds, hold => Assert.Null(hold.Since));
        Assert.All(third.Run.Feeds[0].Holds.Concat(fourth.Run.Feeds[0].Holds), hold => Assert.Equal(new DateOnly(2026, 9, 2), hold.Since));
        Assert.Contains("So it is since 2026-09-02.", fourth.Run.StateReason);
        Assert.Equal(fourth.Run.Feeds[0].Plan!.Hash, HashedPlan.Of((await fourth.PlanAsync()).Plan).Hash);
        var (approved, refusal) = await azurite.Night(_town).As(first.Run.Tenant).ApproveAsync(fourth.Run.Run, Hash(fourth));
        Assert.Null(refusal);
        Assert.Equal(RunState.Delivered, approved.Run.State);
    }

    private EditedSchoolData Half() => _town.Next().Losing("berget", 20, 40);

    private Night Again(NightResult held) => azurite.Night(_town).As(held.Run.Tenant);

    private static string Hash(NightResult night) => night.Run.Feeds[0].Plan!.Hash;
}
