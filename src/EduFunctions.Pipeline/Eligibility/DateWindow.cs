using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Eligibility;

/// <summary>
/// The one place where dates decide. Both comparisons are strict, and the margin moves both limits outwards: something counts when
/// <c>start &lt; today + margin</c> and <c>end &gt; today - margin</c>.
/// </summary>
public readonly record struct DateWindow(DateOnly Today, int MarginDays)
{
    /// <summary>For what must have a start.</summary>
    public bool IsStrictlyOpen(Day start, Day end) => start.IsDay && IsOpen(start, end);

    /// <summary>For what may lack a start.</summary>
    public bool IsOpen(Day start, Day end) =>
        !start.IsInvalid && !end.IsInvalid
        && (start.IsAbsent || start.Number < Today.DayNumber + MarginDays)
        && (end.IsAbsent || end.Number > Today.DayNumber - MarginDays);

    /// <summary>First and last day on which the strict window is open; null where there is none.</summary>
    public (DateOnly? From, DateOnly? Until) Opening(Day start, Day end)
    {
        if (!start.IsDay || end.IsInvalid)
        {
            return (null, null);
        }

        var from = start.Number - MarginDays + 1;
        var until = end.IsAbsent ? int.MaxValue : end.Number + MarginDays - 1;
        return from > until ? (null, null) : (Date(from), end.IsAbsent ? null : Date(until));
    }

    private static DateOnly Date(int dayNumber) =>
        DateOnly.FromDayNumber(Math.Clamp(dayNumber, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));
}
