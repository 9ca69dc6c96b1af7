using System.Globalization;

namespace EduFunctions.Simulators.Schools.Generated;

/// <summary>Start and end as they are written; null is left out.</summary>
internal readonly record struct Period(string? Start, string? End = null);

/// <summary>The dates of a world, all laid around its today.</summary>
internal sealed class Calendar
{
    private const int DaysOfChanges = 300;
    private readonly string[] _days;
    private readonly DateOnly _today;

    public Calendar(DateOnly today)
    {
        _today = today;
        YearStart = Latest(8, 17, notAfter: _today.AddDays(-7));
        YearEnd = Latest(6, 11, notAfter: _today.AddDays(7).AddYears(1).AddDays(-1));
        _days = [.. Enumerable.Range(0, DaysOfChanges).Select(day => Text(_today.AddDays(-day)))];
        SchoolYear = new Period(Text(YearStart), Text(YearEnd));
        Running = new Period(Text(YearStart.AddYears(-1)));
        LongAgo = new Period(Day(-700), Day(-60));
        Recent = new Period(Day(-400), Day(-5));
        Soon = new Period(Day(7), Day(300));
        Later = new Period(Day(60), Day(400));
    }

    /// <summary>The start of a school year, at least a week ago, so that ordinary stays are inside every window.</summary>
    public DateOnly YearStart { get; }

    /// <summary>The end of a school year, at least a week away.</summary>
    public DateOnly YearEnd { get; }

    public Period SchoolYear { get; }

    /// <summary>Began a year earlier and has no end.</summary>
    public Period Running { get; }

    public Period LongAgo { get; }

    /// <summary>Ended a few days ago, within the usual margin.</summary>
    public Period Recent { get; }

    public Period Soon { get; }

    public Period Later { get; }

    public Period Invalid { get; } = new("2024-13-45");

    public static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public string Day(int fromToday) => Text(_today.AddDays(fromToday));

    public string DayOfLastChange(int index) => _days[index % DaysOfChanges];

    public Period Of(StaySituation stay, int number) => stay switch
    {
        StaySituation.EndedLongAgo => LongAgo,
        StaySituation.EndedRecently => Recent,
        StaySituation.StartsLater => Later,
        StaySituation.StartsSoon => Soon,
        StaySituation.EndsToday => new Period(Day(-200), Day(0)),
        StaySituation.StartsToday => new Period(Day(0)),
        StaySituation.WithoutStart => new Period(null, Day(200)),
        StaySituation.InvalidDate => Invalid,
        _ => number % 2 == 0 ? SchoolYear : Running,
    };

    private static DateOnly Latest(int month, int day, DateOnly notAfter)
    {
        var date = new DateOnly(notAfter.Year, month, day);
        return date <= notAfter ? date : date.AddYears(-1);
    }
}
