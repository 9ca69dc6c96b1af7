using System.Globalization;
using EduFunctions.Pipeline.Infrastructure;
using Microsoft.Extensions.Configuration;

namespace EduFunctions.Pipeline.Stages;

/// <summary>When nights begin, the same for every host.</summary>
/// <param name="Hour">By the clock of each tenant's own time zone.</param>
/// <param name="TimeZone">That of tenants whose file does not tell theirs since it cannot be read.</param>
public sealed record NightSettings(int Hour, TimeZoneInfo TimeZone)
{
    private const string DefaultSchedule = "0 30 * * * *";
    private const string DefaultHour = "19";
    private const string DefaultTimeZone = "Europe/Stockholm";

    /// <summary>The minutes of an hour, by the clock, at which somebody looks whose night begins.</summary>
    public IReadOnlyList<int> Minutes { get; init; } = MinutesOf(DefaultSchedule);

    /// <summary>When somebody looks next.</summary>
    internal DateTimeOffset LookAfter(DateTimeOffset now)
    {
        var hour = new DateTimeOffset(now.UtcDateTime.Date.AddHours(now.UtcDateTime.Hour), TimeSpan.Zero);
        return Minutes.Concat(Minutes.Select(minute => minute + 60)).Select(minute => hour.AddMinutes(minute)).First(look => look > now);
    }

    /// <exception cref="SettingRefusedException">There is no such hour or time zone.</exception>
    public static NightSettings Of(IConfiguration configuration)
    {
        var (hour, zone) = (configuration["NightlyHour"] ?? DefaultHour, configuration["NightlyTimeZone"] ?? DefaultTimeZone);
        if (!int.TryParse(hour, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) || parsed > 23)
        {
            throw new SettingRefusedException($"The setting NightlyHour must be 0 to 23, not {hour}.");
        }

        return TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found)
            ? new NightSettings(parsed, found) { Minutes = MinutesOf(configuration["NightlySchedule"] ?? DefaultSchedule) }
            : throw new SettingRefusedException($"The setting NightlyTimeZone must be an IANA time zone such as {DefaultTimeZone}, not {zone}.");
    }

    /// <summary>Of a timer's six fields; the host that has the timer says what is wrong with them. What is no list of minutes counts as every minute.</summary>
    private static IReadOnlyList<int> MinutesOf(string schedule)
    {
        var minutes = schedule.Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) ?? "*";
        var listed = minutes.Split(',').Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var minute) ? minute : -1).ToList();
        return listed.TrueForAll(minute => minute is >= 0 and < 60) ? [.. listed.Order()] : [.. Enumerable.Range(0, 60)];
    }
}
