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

    public static TheoryData<string, int, int, int, int> Years => new()
    {
        { Defaults, 1, 60, 10, 1 }, { Defaults, 1, 250, 10, 2 }, { Defaults, 6, 220, 10, 2 }, { Defaults, 8, 20, 10, 1 }, { Defaults, 1, 300, 3, 2 },
        { WithRollover, 1, 60, 10, 1 }, { WithRollover, 1, 250, 10, 1 }, { WithRollover, 6, 220, 10, 1 }, { WithRollover, 8, 20, 10, 1 }, { WithRollover, 1, 300, 3, 1 },
        { Defaults, 20, 5, 10, 6 }, { WithRollover, 20, 5, 10, 6 }, { WithoutHalves, 20, 5, 10, 5 },
        { WithoutDays, 6, 220, 10, 1 }, { WithoutHalves, 6, 220, 10, 1 }, { OneNumber, 6, 220, 10, 1 }, { WithoutColumns, 6, 220, 10, 1 }, { AddedAsBefore, 1, 300, 3, 1 },
    };

    [Theory]
    [MemberData(nameof(Years))]
    public void So_many_nights_of_an_ordinary_year_are_held(string settings, int schools, int pupils, int years, int held)
    {
        var year = new YearOfNights(schools, pupils, seed: 2026, years).Nights().ToList();
        var nights = new SketchNights(year[0].Town, Variants[settings], year[0].Date);

        var holds = year.Skip(1).Select(night => (night.Date, Holds: nights.NextApproved(night.Town, night.Date))).Where(night => night.Holds.Count > 0).ToList();

        Assert.True(holds.Count == held, string.Join("; ", holds.Select(night => $"{night.Date:MM-dd} {string.Join(' ', night.Holds.Select(hold => hold.Message))}")));
    }
}
