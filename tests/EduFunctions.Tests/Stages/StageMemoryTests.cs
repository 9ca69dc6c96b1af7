using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>A host has the stages of many tenants in one process: who asks for a look through all of its memory makes all of them wait.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class StageMemoryTests
{
    [Theory]
    [InlineData(6_000, 1L << 30, false)]
    [InlineData(100_000, 40L << 20, false)]
    [InlineData(100_000, 150L << 20, true)]
    public void A_stage_asks_for_it_only_when_what_is_held_is_much_and_its_own(int persons, long held, bool isAsked) =>
        Assert.Equal(isAsked, StageMemory.IsWorthwhile(persons, held));
}
