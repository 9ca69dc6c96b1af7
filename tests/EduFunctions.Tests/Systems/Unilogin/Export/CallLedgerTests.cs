using System.Globalization;
using EduFunctions.Pipeline.Systems.Unilogin;
using EduFunctions.Pipeline.Systems.Unilogin.Export;
using EduFunctions.Tests.Harness;
using FsCheck.Xunit;
using Xunit;

namespace EduFunctions.Tests.Systems.Unilogin.Export;

[Trait(Level.Name, Level.Fast)]
public sealed class CallLedgerTests
{
    [Theory]
    [InlineData("2026-09-01T21:59:00Z", "2026-09-01T21:59:30Z", 1)]
    [InlineData("2026-09-01T01:00:00Z", "2026-09-01T21:59:30Z", 1)]
    [InlineData("2026-09-01T21:59:00Z", "2026-09-02T21:58:00Z", 1)]
    [InlineData("2026-09-01T21:59:00Z", "2026-09-02T21:59:00Z", 0)]
    public void A_call_counts_for_its_day_and_for_24_hours(string called, string now, int used) =>
        Assert.Equal(used, new CallLedger([Call(Time(called))]).Used(Time(now)));

    [Fact]
    public void The_longest_day_of_the_year_is_one_day()
    {
        // In the night to 25 October 2026 the clock goes back: the day has 25 hours.
        var ledger = new CallLedger([Call(Time("2026-10-24T22:00:00Z"))]);

        Assert.Equal(1, ledger.Used(Time("2026-10-25T22:59:00Z")));
        Assert.Equal(0, ledger.Used(Time("2026-10-25T23:00:00Z")));
    }

    [Fact]
    public void A_clock_that_was_put_back_frees_no_call() =>
        Assert.Equal(1, new CallLedger([Call(Time("2026-09-03T12:00:00Z"))]).Used(Time("2026-09-01T12:00:00Z")));

    /// <summary>Whoever calls whenever it is allowed never makes a fifth call in any day or any 24 hours, and is told when the next one is free.</summary>
    [Property(MaxTest = 60)]
    public void No_fifth_call_in_any_window(int seed)
    {
        var random = new Random(seed);
        var now = Time("2026-03-20T00:00:00Z").AddMinutes(random.Next(10000));
        var (ledger, made) = (new CallLedger([]), new List<DateTimeOffset>());
        for (var i = 0; i < 300; i++)
        {
            now += TimeSpan.FromMinutes(random.Next(0, 600));
            if (ledger.Used(now) < CallBudget.MostPerDay)
            {
                ledger = ledger.With(Call(now));
                made.Add(now);
            }
            else
            {
                var free = ledger.FreeAgain(now, CallBudget.MostPerDay);
                Assert.True(free > now);
                Assert.InRange(ledger.Used(free), 0, CallBudget.MostPerDay - 1);
                Assert.Equal(CallBudget.MostPerDay, ledger.Used(free.AddTicks(-1)));
            }
        }

        var copenhagen = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
        Assert.All(made.GroupBy(at => TimeZoneInfo.ConvertTime(at, copenhagen).Date), day => Assert.InRange(day.Count(), 1, 4));
        Assert.All(made, at => Assert.InRange(made.Count(other => other >= at && other < at.AddHours(24)), 1, 4));
        Assert.InRange(ledger.Calls.Count, 0, 8);
    }

    private static PullCall Call(DateTimeOffset at) => new(Guid.NewGuid(), at, "tenant", "run", "");

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
