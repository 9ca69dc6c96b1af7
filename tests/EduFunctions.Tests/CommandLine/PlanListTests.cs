using EduFunctions.LocalHost.Commands;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.CommandLine;

/// <summary>Lists of plans as operators write them.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class PlanListTests
{
    private const string Run = "20260901T173000Z-0a1b";

    [Fact]
    public void Blanks_empty_lines_and_what_is_for_people_are_passed_over() => Assert.Equal(
        [new NamedPlan("nordhamn", Run, "5d0c2f3b"), new NamedPlan("solberga", Run, null)],
        PlanList.Parse(["# tonight's", "", $"  nordhamn\t{Run}  5d0c2f3b # apple: 1 added", $"solberga {Run}"]));

    [Theory]
    [InlineData("nordhamn")]
    [InlineData("nordhamn 20260901T173000Z-0a1b 5d0c2f3b apple")]
    [InlineData("nordhamn ../../x 5d0c2f3b")]
    public void Whatever_else_stands_there_is_refused_and_nothing_of_the_list_is_done(string line)
    {
        var refused = Assert.Throws<CommandException>(() => PlanList.Parse([$"solberga {Run}", line]));

        Assert.Equal(ExitCodes.BadConfiguration, refused.ExitCode);
    }

    [Fact]
    public void A_run_is_named_with_its_tenant_or_beside_it()
    {
        Assert.Equal(new NamedPlan("nordhamn", Run, null), PlanList.Named(null, $"nordhamn/{Run}", null));
        Assert.Equal(new NamedPlan("nordhamn", Run, "5d0c2f3b"), PlanList.Named("nordhamn", Run, "5d0c2f3b"));
        Assert.Throws<CommandException>(() => PlanList.Named(null, Run, null));
        Assert.Throws<CommandException>(() => PlanList.Named("solberga", $"nordhamn/{Run}", null));
    }
}
