using EduFunctions.Pipeline.Runs;
using EduFunctions.Simulators.Schools;
using EduFunctions.Tests.Eligibility;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>A group whose id names a protected person, by what the targets hold: it goes on under a neutral id, and the one they had is forgotten.</summary>
[Collection(TargetTests.Name)]
public sealed class TellingGroupIdTests(AzuriteFixture azurite)
{
    private const string Telling = "stod-alva-provhed";

    [Fact]
    public async Task It_is_delivered_night_after_night_under_the_same_neutral_one()
    {
        await using var nights = await TargetNights.StartAsync(azurite);
        await nights.NextAsync(Town());
        Assert.Contains(Telling, nights.Learn.State.Enabled("course"));

        var second = await nights.NextAsync(Town().Marking("alva"));
        var neutral = Assert.Single(nights.Learn.State.Enabled("course"), id => id != Ids.Of("7a"));
        var third = await nights.NextAsync(Town("newcomer").Marking("alva"));

        foreach (var night in new[] { second, third })
        {
            Assert.True(night.Night.Run.State == RunState.Delivered, night.Night.Run.StateReason);
            Assert.All((await night.TextsAsync()).Where(text => !MayTell(text.Where)), text => Assert.DoesNotContain("alva-provhed", text.Text, StringComparison.OrdinalIgnoreCase));
        }

        nights.AssertGone("alva", "gunhild");
        nights.AssertThere("bo", "newcomer");
        Assert.DoesNotContain(Telling, nights.Learn.State.Enabled("course"));
        Assert.Contains(neutral, nights.Learn.State.Enabled("course"));
        Assert.Contains(nights.Learn.State.Enabled("membership"), key => key.Contains(neutral, StringComparison.Ordinal) && key.Contains(Ids.Of("bo"), StringComparison.Ordinal));
        Assert.DoesNotContain(nights.Learn.State.Enabled("membership"), key => key.Contains(Telling, StringComparison.Ordinal));
        Assert.Contains(neutral, nights.Apple!.Files["classes.csv"], StringComparison.Ordinal);
        Assert.Contains(nights.Unikum.State.Relations, relation => relation.Subject == Ids.Of("bo") && relation.Target == neutral);
        Assert.DoesNotContain(nights.Unikum.State.Relations, relation => relation.Subject == Telling || relation.Target == Telling);
        Assert.True(second.Night.HasFinding("id.namesProtected"));
    }

    /// <summary>Where targets are told to forget it, and what stays here to say that they were.</summary>
    private static bool MayTell(string where) =>
        where.EndsWith("/delete", StringComparison.Ordinal) || where.Contains(".delete.", StringComparison.Ordinal) || where.Contains("delete-", StringComparison.Ordinal)
        || where.EndsWith(".relations", StringComparison.Ordinal) || where.Contains(".held.", StringComparison.Ordinal) || where.Contains("/feeds/", StringComparison.Ordinal);

    private static SchoolBuilder Town(params string[] further)
    {
        var town = MemoryTown.Make(further);
        town.Group("support", "north", "Klass", "bo", "cleo")["id"] = Telling;
        var hour = town.Activity("support hour", "north", "support", null, "hugo's");
        hour["groups"]![0]!["id"] = Telling;
        return town;
    }
}
