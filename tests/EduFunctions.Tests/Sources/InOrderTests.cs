using EduFunctions.Pipeline.Sources;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Sources;

[Trait(Level.Name, Level.Fast)]
public sealed class InOrderTests
{
    [Fact]
    public void What_comes_too_early_waits_for_its_turn()
    {
        var handedOn = new List<string>();
        var inOrder = new InOrder<string>(handedOn.Add);

        inOrder.Add(2, "third");
        inOrder.Add(1, "second");
        Assert.Empty(handedOn);
        inOrder.Add(0, "first");
        inOrder.Add(3, "fourth");

        Assert.Equal(["first", "second", "third", "fourth"], handedOn);
    }
}
