namespace EduFunctions.Pipeline.Systems.Unilogin.Export;

/// <summary>A call that counts against an institution's day.</summary>
/// <param name="Id">Tells the call from others like it.</param>
/// <param name="Asked">Package and filters.</param>
public sealed record PullCall(Guid Id, DateTimeOffset At, string Tenant, string Run, string Asked);

/// <summary>The calls to one institution that still count. Pure.</summary>
public sealed record CallLedger(IReadOnlyList<PullCall> Calls)
{
    private static readonly TimeZoneInfo Copenhagen = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");
    private static readonly TimeSpan Rolling = TimeSpan.FromHours(24);

    /// <summary>The calls of the calendar day or of the last 24 hours, whichever are more: nobody says which of the two the service counts.</summary>
    public int Used(DateTimeOffset now) => Math.Max(Calls.Count(call => IsToday(call, now)), Calls.Count(call => IsRecent(call, now)));

    public int OfRun(string tenant, string run) => Calls.Count(call => call.Tenant == tenant && call.Run == run);

    /// <summary>When, without further calls, fewer than this many are used.</summary>
    public DateTimeOffset FreeAgain(DateTimeOffset now, int most)
    {
        var today = Calls.Count(call => IsToday(call, now)) >= most ? NextMidnight(now) : now;
        var recent = Calls.Where(call => IsRecent(call, now)).OrderByDescending(call => call.At).Skip(most - 1).FirstOrDefault();
        return recent is not null && recent.At + Rolling > today ? recent.At + Rolling : today;
    }

    public IEnumerable<PullCall> Today(DateTimeOffset now) => Calls.Where(call => IsToday(call, now));

    /// <summary>With one call more, and without those that no longer count.</summary>
    public CallLedger With(PullCall call) => new([.. Calls.Where(earlier => IsToday(earlier, call.At) || IsRecent(earlier, call.At)), call]);

    // A clock that was put back must not make calls free: what seems to lie ahead counts too.
    private static bool IsToday(PullCall call, DateTimeOffset now) => DayOf(call.At) >= DayOf(now);

    private static bool IsRecent(PullCall call, DateTimeOffset now) => call.At > now - Rolling;

    private static DateTime DayOf(DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, Copenhagen).Date;

    private static DateTimeOffset NextMidnight(DateTimeOffset now)
    {
        var midnight = DayOf(now).AddDays(1);
        return new DateTimeOffset(midnight, Copenhagen.GetUtcOffset(midnight));
    }
}
