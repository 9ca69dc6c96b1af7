using EduFunctions.Tests.Harness;
using Xunit;
using Xunit.Abstractions;

namespace EduFunctions.Tests.Protection.Memory;

/// <summary>
/// Random registers over six nights in which everything goes wrong that may (<see cref="MemoryNights"/>). In memory a seed takes a second:
/// <c>EDUFUNCTIONS_MEMORY_SEEDS=first-last,one,another</c> plays many of them.
/// </summary>
[Collection(TargetTests.Name)]
public sealed class MemoryPropertyTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    public static TheoryData<int> Seeds => StorySeeds.Of("EDUFUNCTIONS_MEMORY_SEEDS", "1-12");

    // The second has a guardian at Learn under an id that no roster has any more; in the third Learn takes a person's deletion and not the memberships'.
    [Theory]
    [InlineData(1, true)]
    [InlineData(2074, false)]
    [InlineData(2218, false)]
    [InlineData(3, true)]
    public Task Nobody_who_is_protected_is_seen(int seed, bool isHostile) => MemoryNights.PlayAsync(azurite, seed, isHostile, output.WriteLine);

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Nobody_who_is_protected_is_seen_in_memory(int seed)
    {
        using var ground = new InMemoryGround();
        await MemoryNights.PlayAsync(ground, seed, isHostile: true, output.WriteLine);
    }
}
