using System.Text.Json;
using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What is written by hand against what the serializer writes of the same plan.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PlanJsonTests
{
    [Property(MaxTest = 300)]
    public void Is_what_the_serializer_writes(int seed)
    {
        var plan = Draw(new Random(seed));

        Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(plan.Plan, Serialization.Compact), PlanJson.Canonical(plan.Plan));
        Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(plan, Serialization.Indented), PlanJson.Of(plan));
    }

    private static HashedPlan Draw(Random random)
    {
        var before = RosterSketch.Draw(random);
        var now = before.Next(random);
        var difference = RosterDifference.Between(before.Build(), before.Selection(), now.Build(), now.Selection());
        var tight = new GuardSettings
        {
            MinRemoved = 0,
            MaxRemovedPercent = 0,
            MinChanged = 0,
            MaxChangedPercent = 0,
            MinRekeyed = 0,
            MaxRekeyedPercent = 0,
        };
        var judgement = new Judgement(difference, tight, Absences.None, "tonight", isBaselineLost: random.Next(2) == 0);
        var place = random.Next(2) == 0 ? null : new DeliveredRoster("last", "a/roster.bin", "a/\"selection\".bin");
        return judgement.Plan(new PlanName("a", "tonight", "æble", "sftp://x", place), _ => ["One & only <é>.", "Two"]) with
        {
            Roster = place,
            Rests = random.Next(2) == 0 ? null : ["adds", "removals"],
        };
    }
}
