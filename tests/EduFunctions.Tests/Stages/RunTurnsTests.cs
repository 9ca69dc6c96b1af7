using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Infrastructure;
using EduFunctions.Pipeline.Runs;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Two at work on one stage, of whom one does not know that it has lost its turn: the one who has taken it up last ends it.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class RunTurnsTests
{
    private static readonly DateTimeOffset Now = new(2026, 9, 1, 18, 0, 0, TimeSpan.Zero);

    private readonly RunRecord _queued = new()
    {
        Tenant = "nordhamn",
        Run = "20260901T180000Z-0000",
        Trigger = RunTrigger.Nightly,
        Date = Night.Today,
        State = RunState.Queued,
        Started = Now,
        Configuration = "",
        Feeds = [],
    };

    [Fact]
    public void Who_has_taken_a_stage_up_ends_it()
    {
        var taken = Take(_queued);

        Assert.Equal(RunState.Extracting, taken.State);
        Assert.Same(taken, taken.Still(taken));
    }

    [Fact]
    public void Who_was_overtaken_does_not()
    {
        var first = Take(_queued);
        var second = Take(first);

        Assert.Throws<FencedOffException>(() => second.Still(first));
        Assert.Same(second, second.Still(second));
    }

    [Fact]
    public void A_stage_that_is_past_is_not_taken_up()
    {
        var exporting = _queued with { State = RunState.Exporting };

        Assert.Same(exporting, Take(exporting));
    }

    private static RunRecord Take(RunRecord run) => run.Take(RunState.Extracting, ExtractStage.Name, Now);
}
