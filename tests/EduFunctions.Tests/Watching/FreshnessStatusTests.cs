using EduFunctions.Pipeline.Contracts;
using EduFunctions.Pipeline.Watching;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Watching;

[Trait(Level.Name, Level.Fast)]
public sealed class FreshnessStatusTests
{
    private static readonly DateTimeOffset FirstSeen = new(2026, 9, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 0, FreshnessState.Waiting)]
    [InlineData(null, 26, FreshnessState.Waiting)]
    [InlineData(null, 26.01, FreshnessState.Stale)]
    [InlineData(8, 9, FreshnessState.Fresh)]
    [InlineData(8, 34, FreshnessState.Fresh)]
    [InlineData(8, 34.01, FreshnessState.Stale)]
    public void The_clock_alone_says_how_fresh_a_feed_is(int? lastGoodAfter, double nowAfter, FreshnessState expected)
    {
        var lastGood = lastGoodAfter is { } hours ? FirstSeen.AddHours(hours) : (DateTimeOffset?)null;

        var status = FreshnessStatus.Of(new FreshnessFacts("apple", lastGood, FirstSeen, TargetHours: 26), FirstSeen.AddHours(nowAfter));

        Assert.Equal(expected, status.State);
        Assert.Equal(nowAfter - (lastGoodAfter ?? 0), status.AgeHours, tolerance: 0.1);
    }

    /// <summary>Nothing is due while a target rests, and what is due then is due from the day on which it goes on.</summary>
    [Theory]
    [InlineData(true, null, FreshnessState.Resting)]
    [InlineData(false, 99, FreshnessState.Fresh)]
    [InlineData(false, 73, FreshnessState.Stale)]
    public void A_target_that_rests_is_not_stale(bool rests, int? restedAfter, FreshnessState expected)
    {
        var rest = rests ? new FeedRest("2026-09-10", "all", "olle") : null;
        var rested = restedAfter is { } hours ? FirstSeen.AddHours(hours) : (DateTimeOffset?)null;

        var status = FreshnessStatus.Of(new FreshnessFacts("apple", FirstSeen, FirstSeen, TargetHours: 26) { Rest = rest, Rested = rested }, FirstSeen.AddHours(100));

        Assert.Equal((expected, rest, 100), (status.State, status.Rest, status.AgeHours));
    }

    [Fact]
    public void A_clock_that_was_set_back_makes_nothing_stale()
    {
        var status = FreshnessStatus.Of(new FreshnessFacts("apple", FirstSeen, FirstSeen, TargetHours: 26), FirstSeen.AddHours(-3));

        Assert.Equal((FreshnessState.Fresh, 0), (status.State, status.AgeHours));
    }
}
