using EduFunctions.Pipeline.Guards;
using EduFunctions.Pipeline.Rosters;
using EduFunctions.Pipeline.Surveying;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Surveying;

/// <summary>What the guard's limits come to at schools of some size is told where the share alone would say something else.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class GuardHintsTests
{
    [Fact]
    public void At_a_school_of_forty_the_number_lets_a_quarter_go()
    {
        var hint = Assert.Single(GuardHints.Of(Town(40), new GuardSettings()));

        Assert.StartsWith("At 1 of 1 schools with students many may leave in one night before anybody is asked: 10 of 40 students at one of them, since guard.minRemoved is 10", hint);
        Assert.Contains("With guard.minRemoved 4 somebody is asked sooner", hint);
    }

    [Fact]
    public void At_a_tiny_school_half_of_it_may_go_and_no_more()
    {
        Assert.Contains("4 of 8 students at one of them", Assert.Single(GuardHints.Of(Town(8), new GuardSettings())));
        Assert.Empty(GuardHints.Of(Town(2), new GuardSettings()));
    }

    [Fact]
    public void Of_a_large_school_and_of_limits_that_suit_there_is_nothing_to_tell()
    {
        Assert.Empty(GuardHints.Of(Town(400, 600), new GuardSettings()));
        Assert.Empty(GuardHints.Of(Town(40), new GuardSettings { MinRemoved = 4 }));
    }

    [Theory]
    [InlineData(0, "a single one who leaves is held")]
    [InlineData(1, "the second one who leaves in a night is held")]
    public void A_number_of_next_to_nothing_holds_every_night(int number, string told)
    {
        var hint = Assert.Single(GuardHints.Of(Town(20, 30), new GuardSettings { MinRemoved = number, MaxRemovedPercent = 0 }));

        Assert.Contains("At 2 of 2 schools with students nearly everybody who leaves is asked about", hint);
        Assert.Contains(told, hint);
        Assert.Contains($"since guard.minRemoved is {number}. With 2 or more an ordinary night passes", hint);
    }

    /// <param name="schools">How many students each has.</param>
    private static Roster Town(params int[] schools)
    {
        var roster = new Roster { Vocabulary = new RosterVocabulary([], [], [], []) };
        foreach (var (unit, students) in schools.Index())
        {
            for (var student = 0; student < students; student++)
            {
                roster.StudentUnits.Add(new PersonUnit { Person = (unit * 1000) + student, Unit = unit });
            }
        }

        return roster;
    }
}
