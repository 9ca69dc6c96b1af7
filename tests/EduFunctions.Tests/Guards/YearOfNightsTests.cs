using EduFunctions.Pipeline.Guards;
using EduFunctions.Tests.Harness;
using Xunit;

namespace EduFunctions.Tests.Guards;

/// <summary>What each default costs in an ordinary year: nights that are held although nothing is broken, and are approved (docs/guard.md has the figures).</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class YearOfNightsTests
{
    private const string Defaults = "defaults";
    private const string WithRollover = "with the window of the documentation";

    private const string WithoutDays = "with it, and each night by itself";
    private const string WithoutHalves = "with it, and halves of schools may go";
    private const string WithoutColumns = "with it, and columns may change";
    private const string AddedAsBefore = "with it, and additions up to fifty and half";
    private const string OneNumber = "with it, and one number for all kinds";

    private static readonly RolloverWindow Rollover = new() { From = "06-25", To = "09-15", MaxRemovedPercent = 60, MaxChangedPercent = 100 };

    private static readonly Dictionary<string, GuardSettings> Variants = new(StringComparer.Ordinal)
    {
        [Defaults] = new(),
        [WithRollover] = new() { RolloverWindows = [Rollover] },
        [WithoutDays] = new() { RolloverWindows = [Rollover], WindowDays = 0 },
        [WithoutHalves] = new() { RolloverWindows = [Rollover], MinHalved = 0 },
        [WithoutColumns] = new() { RolloverWindows = [Rollover], MaxColumnPercent = 100 },
        [AddedAsBefore] = new() { RolloverWindows = [Rollover], MinAdded = 50, MaxAddedPercent = 50 },
        [OneNumber] = new() { RolloverWindows = [Rollover], MinRemoved = 10, MinChanged = 20 },
    };

    /// <summary>Towns, and how many nights are held with each setting.</summary>
    public static TheoryData<int, int, int, (string Settings, int Held)[]> Towns => new()
    {
        { 1, 60, 10, [(Defaults, 1), (WithRollover, 1)] },
        { 1, 250, 10, [(Defaults, 2), (WithRollover, 1)] },
        { 6, 220, 10, [(Defaults, 2), (WithRollover, 1), (WithoutDays, 1), (WithoutHalves, 1), (OneNumber, 1), (WithoutColumns, 1)] },
        { 8, 20, 10, [(Defaults, 1), (WithRollover, 1)] },
        { 20, 5, 10, [(Defaults, 6), (WithRollover, 6), (WithoutHalves, 5)] },
        { 1, 300, 3, [(Defaults, 2), (WithRollover, 1), (AddedAsBefore, 1)] },
    };

    [Theory]
    [MemberData(nameof(Towns))]
    public void So_many_nights_of_an_ordinary_year_are_held(int schools, int pupils, int years, (string Settings, int Held)[] expected)
    {
        // One year for all settings, its rosters made once.
        List<(string Settings, SketchNights Nights, List<string> Holds)> targets = [];
        foreach (var (date, town) in new YearOfNights(schools, pupils, seed: 2026, years).Nights())
        {
            var roster = town.Build();
            if (targets.Count == 0)
            {
                targets = [.. expected.Select(each => (each.Settings, new SketchNights(roster, Variants[each.Settings], date), new List<string>()))];
                continue;
            }

            foreach (var (_, nights, holds) in targets)
            {
                var held = nights.NextApproved(roster, date);
                holds.AddRange(held.Count == 0 ? [] : [$"{date:MM-dd} {string.Join(' ', held.Select(hold => hold.Message))}"]);
            }
        }

        Assert.All(targets.Zip(expected), each => Assert.True(each.First.Holds.Count == each.Second.Held, $"{each.First.Settings}: {string.Join("; ", each.First.Holds)}"));
    }
}
