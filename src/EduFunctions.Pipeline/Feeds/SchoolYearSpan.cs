using System.Globalization;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>A school year as files have it that want one: registers say of groups and places when they are, not in which year.</summary>
/// <param name="Ends">The first day of the next one.</param>
internal readonly record struct SchoolYearSpan(DateOnly Begins, DateOnly Ends)
{
    public const string DayPattern = "^(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])$";

    /// <summary>The year in which it ends, by which others call it.</summary>
    public int Year => Ends.AddDays(-1).Year;

    public string Title => Begins.Year == Year
        ? Year.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Begins.Year}/{Year}");

    /// <param name="firstDay">Month and day.</param>
    public static SchoolYearSpan Of(DateOnly day, string firstDay)
    {
        var begins = DateOnly.ParseExact(string.Create(CultureInfo.InvariantCulture, $"{day.Year:0000}-{firstDay}"), "yyyy-MM-dd", CultureInfo.InvariantCulture);
        begins = begins > day ? begins.AddYears(-1) : begins;
        return new SchoolYearSpan(begins, begins.AddYears(1));
    }
}
