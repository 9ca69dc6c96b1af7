using System.Globalization;
using EduFunctions.Pipeline.Stages;
using EduFunctions.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace EduFunctions.Tests.Stages;

/// <summary>Whose night begins now: by the tenant's own clock, over changes of clocks and after timers that were dead.</summary>
[Trait(Level.Name, Level.Fast)]
public sealed class NightfallTests
{
    private const string Stockholm = "Europe/Stockholm";

    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById(Stockholm);

    [Theory]
    [InlineData("2026-01-15T17:30Z", false)]
    [InlineData("2026-01-15T18:30Z", true)]
    [InlineData("2026-07-15T16:30Z", false)]
    [InlineData("2026-07-15T17:30Z", true)]
    public void It_begins_at_the_tenants_local_hour_in_winter_and_in_summer(string now, bool begins) =>
        Assert.Equal(begins, Begins(now, begun: At(now).AddDays(-1), looked: At(now).AddHours(-1)));

    [Fact]
    public void Each_tenant_has_the_hour_of_its_own_time_zone()
    {
        var now = "2026-09-01T17:30Z";

        Assert.True(Begins(now, zone: Stockholm));
        Assert.False(Begins(now, zone: "Atlantic/Reykjavik"));
        Assert.True(Begins(now, zone: "Europe/Helsinki"));
        Assert.True(Begins("2026-09-01T13:30Z", zone: "Asia/Kolkata", hour: 19));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(11, false)]
    [InlineData(12, true)]
    public void After_a_night_has_begun_there_is_none_for_twelve_hours_however_often_somebody_looks(int hoursAgo, bool begins) =>
        Assert.Equal(begins, Begins("2026-09-02T04:30Z", begun: At("2026-09-02T04:30Z").AddHours(-hoursAgo), looked: At("2026-09-02T03:30Z")));

    [Fact]
    public void A_year_of_ticks_begins_one_night_a_day_at_the_local_hour()
    {
        foreach (var hour in (int[])[0, 2, 3, 19, 23])
        {
            var nights = Simulate(At("2026-01-01T15:30Z"), At("2027-01-01T15:30Z"), hour, isDead: _ => false);

            Assert.Equal(365, nights.Count);

            // At two o'clock there is one night without that hour, in spring.
            Assert.Equal(hour == 2 ? 1 : 0, nights.Count(night => Local(night).Hour != hour));
        }
    }

    /// <summary>The timer ticks at half past: in summer 19 o'clock is 17 in UTC.</summary>
    [Theory]
    [InlineData("2026-09-01T10:00Z", "2026-08-31T17:30Z", "2026-09-01T17:30Z")]
    [InlineData("2026-09-01T17:10Z", "2026-08-31T17:30Z", "2026-09-01T17:30Z")]
    [InlineData("2026-09-01T17:40Z", "2026-09-01T17:30Z", "2026-09-02T17:30Z")]
    [InlineData("2026-10-24T18:00Z", "2026-10-24T17:30Z", "2026-10-25T18:30Z")]
    [InlineData("2026-09-01T22:10Z", null, "2026-09-01T22:30Z")]
    [InlineData("2026-09-02T09:10Z", null, "2026-09-02T17:30Z")]
    public void The_next_begins_when_somebody_looks_and_at_once_for_who_has_had_none_tonight(string now, string? begun, string next) => Assert.Equal(
        At(next), Nightfall.Next(At(now), new NightSettings(19, Zone), Zone, begun is null ? null : At(begun), At(now).AddMinutes(-20)));

    [Theory]
    [InlineData("0 30 * * * *", "2026-09-01T17:30Z")]
    [InlineData("0 10,50 * * * *", "2026-09-01T17:10Z")]
    [InlineData("0 */5 * * * *", "2026-09-01T17:00Z")]
    [InlineData("0 45 * * * *", "2026-09-01T17:45Z")]
    public void The_minutes_are_those_of_the_timer(string schedule, string next)
    {
        var settings = NightSettings.Of(new ConfigurationBuilder().AddInMemoryCollection([new("NightlySchedule", schedule)]).Build());

        Assert.Equal(At(next), Nightfall.Next(At("2026-09-01T16:55Z"), settings, Zone, At("2026-08-31T17:30Z"), At("2026-09-01T16:54Z")));
    }

    [Theory]
    [InlineData(null, "2026-09-01T17:30Z")]
    [InlineData("2026-08-30T17:30Z", "2026-09-01T10:30Z")]
    public void By_day_the_next_look_begins_it_only_after_a_timer_that_was_dead(string? looked, string next) => Assert.Equal(
        At(next), Nightfall.Next(At("2026-09-01T10:00Z"), new NightSettings(19, Zone), Zone, begun: null, looked is null ? null : At(looked)));

    /// <summary>Whatever a clock noted that was wrong then, it costs no night when it is right again.</summary>
    [Theory]
    [InlineData(24)]
    [InlineData(240)]
    public void A_time_that_is_to_come_counts_for_nothing(int hoursAhead)
    {
        var now = "2026-09-02T17:30Z";

        Assert.True(Begins(now, begun: At(now).AddHours(hoursAhead), looked: At(now).AddHours(hoursAhead)));
        Assert.True(Begins("2026-09-02T10:30Z", begun: null, looked: At(now).AddHours(hoursAhead)));
        Assert.False(Begins(now, begun: At(now).AddMinutes(5)));
    }

    [Fact]
    public void After_a_dead_timer_the_night_that_was_missed_begins_at_once_and_the_next_are_in_time_again()
    {
        var nights = Simulate(At("2026-09-01T06:30Z"), At("2026-09-05T06:30Z"), 19, isDead: now => now >= At("2026-09-01T17:00Z") && now < At("2026-09-02T08:00Z"));

        Assert.Equal(["2026-09-02T08:30Z", "2026-09-02T20:30Z", "2026-09-03T17:30Z", "2026-09-04T17:30Z"], nights.Select(Text));
    }

    [Fact]
    public void A_timer_that_was_dead_for_days_makes_up_one_night()
    {
        var nights = Simulate(At("2026-09-01T06:30Z"), At("2026-09-08T06:30Z"), 19, isDead: now => now >= At("2026-09-01T17:00Z") && now < At("2026-09-07T08:00Z"));

        Assert.Equal(["2026-09-07T08:30Z", "2026-09-07T20:30Z"], nights.Select(Text));
    }

    [Theory]
    [InlineData("2026-09-01T08:30Z", false)]
    [InlineData("2026-09-01T16:30Z", false)]
    [InlineData("2026-09-01T17:30Z", true)]
    [InlineData("2026-09-01T22:30Z", true)]
    public void A_new_tenant_waits_for_the_evening_and_one_that_comes_by_night_is_taken_along(string now, bool begins)
    {
        Assert.Equal(begins, Begins(now, begun: null, looked: At(now).AddHours(-1)));
        Assert.Equal(begins, Begins(now, begun: null, looked: null));
    }

    [Fact]
    public void An_hour_that_clocks_leave_out_comes_an_hour_later()
    {
        Assert.False(Begins("2026-03-29T00:30Z", begun: At("2026-03-28T01:30Z"), looked: At("2026-03-28T23:30Z"), hour: 2));
        Assert.True(Begins("2026-03-29T01:30Z", begun: At("2026-03-28T01:30Z"), looked: At("2026-03-29T00:30Z"), hour: 2));
    }

    /// <summary>Nights of a tenant that has had some, with a tick at half past every hour in which the timer is not dead.</summary>
    private static List<DateTimeOffset> Simulate(DateTimeOffset from, DateTimeOffset to, int hour, Func<DateTimeOffset, bool> isDead)
    {
        var (nights, begun, looked) = (new List<DateTimeOffset>(), from.AddHours(-12), from.AddHours(-1));
        for (var now = from; now < to; now = now.AddHours(1))
        {
            if (isDead(now))
            {
                continue;
            }

            if (Nightfall.IsNow(now, hour, TimeZoneInfo.FindSystemTimeZoneById(Stockholm), begun, looked))
            {
                nights.Add(begun = now);
            }

            looked = now;
        }

        return nights;
    }

    private static bool Begins(string now, DateTimeOffset? begun = null, DateTimeOffset? looked = null, string zone = Stockholm, int hour = 19) =>
        Nightfall.IsNow(At(now), hour, TimeZoneInfo.FindSystemTimeZoneById(zone), begun, looked);

    private static DateTimeOffset Local(DateTimeOffset night) => TimeZoneInfo.ConvertTimeBySystemTimeZoneId(night, Stockholm);

    private static DateTimeOffset At(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm'Z'", CultureInfo.InvariantCulture);
}
