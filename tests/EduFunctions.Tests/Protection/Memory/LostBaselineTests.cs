using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>Where it cannot be told what a target has, everything waits but the leaving of the protected.</summary>
[Collection(TargetTests.Name)]
public sealed class LostBaselineTests(AzuriteFixture azurite)
{
    public static TheoryData<string, string> Losses => new()
    {
        { "roster", "gone" }, { "roster", "cut" }, { "roster", "of another release" }, { "delivered.json", "gone" }, { "delivered.json", "cut" }, { "held.json", "files" }, { "held.json", "gone" },
        { "held.json", "cut" },
    };

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task Who_becomes_protected_leaves_all_the_same(string blob, string mishap)
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var first = await nights.NextAsync(MemoryTown.Make());
        await LoseAsync(nights.Tenant, first.Night.Run.Run, blob, mishap);

        var night = await nights.NextAsync(MemoryTown.Make("newcomer").Marking("alva"));

        var warnings = night.Night.LogLines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.True(night.Night.Run.State == RunState.Held, $"{night.Night.Run.StateReason} {night.Night.Run.LastError} {string.Join('\n', warnings)}");
        nights.AssertGone("alva", "gunhild");
        nights.AssertThere("bo", "cleo");
        Assert.DoesNotContain(Ids.Of("newcomer"), nights.Learn.State.Enabled("person"));
        await night.AssertUntoldAsync("alva");
        if (blob != "held.json")
        {
            Assert.All(night.Night.Run.Feeds, feed => Assert.Contains(feed.Holds, hold => hold.Code == HoldCode.BaselineLost));
        }
    }

    /// <summary>What the leaving has touched is no other state: released, the night is as if nothing had been lost.</summary>
    [Fact]
    public async Task Released_the_targets_hold_the_roster()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        var first = await nights.NextAsync(MemoryTown.Make());
        await LoseAsync(nights.Tenant, first.Night.Run.Run, "roster", "gone");
        var town = MemoryTown.Make("newcomer").Without("cleo").Marking("alva");
        var night = await nights.NextAsync(town);

        foreach (var feed in night.Night.Run.Feeds)
        {
            var (approved, refusal) = await nights.Next(town.Data).ApproveAsync(night.Night.Run.Run, feed.Plan!.Hash);
            Assert.Null(refusal);
            await nights.RunAsync(Task.FromResult(approved));
        }

        nights.AssertGone("alva", "gunhild", "cleo");
        nights.AssertThere("bo", "newcomer");
    }

    private async Task LoseAsync(string tenant, string run, string blob, string mishap)
    {
        var names = blob switch
        {
            // With its snapshot: else it is made anew.
            "roster" => [("rosters", $"{tenant}/{run}/roster.bin"), ("snapshots", $"{tenant}/{run}/manifest.json")],
            "held.json" when mishap == "files" => [("feeds", $"{tenant}/{run}/learn/person.txt"), ("state", $"{tenant}/feeds/unikumrelations/{run}/objects.held.txt")],
            "held.json" => new[] { "learn", "unikumrelations" }.Select(feed => ("state", $"{tenant}/feeds/{feed}/{blob}")).ToArray(),
            _ => new[] { "apple", "learn", "unikumrelations" }.Select(feed => ("state", $"{tenant}/feeds/{feed}/{blob}")).ToArray(),
        };
        foreach (var (container, name) in names)
        {
            var content = (await azurite.Blobs.ReadAsync(container, name, CancellationToken.None))!.Content;
            if (mishap is "gone" or "files" || container == "snapshots")
            {
                await azurite.Blobs.DeleteAsync(container, name, CancellationToken.None);
                continue;
            }

            var other = content.AsMemory(0, mishap == "cut" ? content.Length / 2 : content.Length).ToArray();
            if (mishap == "of another release")
            {
                other[other.AsSpan().IndexOf("roster/"u8) + "roster/".Length] = (byte)'9';
            }

            await azurite.Blobs.WriteAsync(container, name, other, CancellationToken.None);
        }
    }
}
