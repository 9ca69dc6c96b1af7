namespace EduFunctions.Pipeline.Stages;

/// <summary>Whose night begins now. Timers tick every hour in UTC; what that means for a tenant is decided here.</summary>
public static class Nightfall
{
    /// <summary>How long a night lasts, and how long after one has begun the next may begin at the earliest. No calendar is asked.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromHours(12);

    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>
    /// A night begins at its hour, or later in the night when there was no occasion before. By day it begins only when nobody has looked since its
    /// hour, as after a timer that was dead; who appears by day waits for the evening.
    /// </summary>
    /// <param name="hour">By the clock of the zone. An hour that a change of clocks leaves out comes an hour later, one that comes twice counts once.</param>
    /// <param name="begun">When the tenant's last night began; null for a tenant that has had none.</param>
    /// <param name="looked">When somebody last looked; null when nobody ever did.</param>
    public static bool IsNow(DateTimeOffset now, int hour, TimeZoneInfo zone, DateTimeOffset? begun, DateTimeOffset? looked)
    {
        var fell = LastHour(now, hour, zone);
        return HasHadNone(now, begun) && (now - fell < Length || looked < fell || IsAhead(now, looked));
    }

    /// <summary>Whether no night has begun in the last twelve hours.</summary>
    public static bool HasHadNone(DateTimeOffset now, DateTimeOffset? begun) => !(now - begun < Length) || IsAhead(now, begun);

    /// <summary>When the next night begins: somebody looks at certain minutes of every hour, and it begins at the first look at which it is time.</summary>
    /// <inheritdoc cref="IsNow"/>
    public static DateTimeOffset Next(DateTimeOffset now, NightSettings night, TimeZoneInfo zone, DateTimeOffset? begun, DateTimeOffset? looked)
    {
        var look = night.LookAfter(now);
        while (!IsNow(look, night.Hour, zone, begun, looked))
        {
            (looked, look) = (look, night.LookAfter(look));
        }

        return look;
    }

    /// <summary>A time that is to come was noted by a clock that was wrong: it counts for nothing. Two hosts' clocks may differ a little.</summary>
    private static bool IsAhead(DateTimeOffset now, DateTimeOffset? noted) => noted - now > Tolerance;

    private static DateTimeOffset LastHour(DateTimeOffset now, int hour, TimeZoneInfo zone)
    {
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var tonight = At(today, hour, zone);
        return tonight <= now ? tonight : At(today.AddDays(-1), hour, zone);
    }

    private static DateTimeOffset At(DateTime day, int hour, TimeZoneInfo zone)
    {
        var local = day.AddHours(hour);
        return new DateTimeOffset(local, zone.GetUtcOffset(local));
    }
}
