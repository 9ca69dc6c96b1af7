using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Runs;

/// <summary>Names of runs, <c>yyyyMMddTHHmmssZ-xxxx</c>: in ordinal order they are in the order of time.</summary>
public static partial class RunId
{
    private const int Suffixes = 0x10000;

    /// <param name="after">The tenant's newest run: the new name comes after it, also within the same second.</param>
    public static string New(DateTimeOffset started, string? after)
    {
        var second = Second(started);
        var first = after?.StartsWith(second, StringComparison.Ordinal) == true ? Convert.ToInt32(after[(second.Length + 1)..], 16) + 1 : 0;
        return first < Suffixes
            ? string.Create(CultureInfo.InvariantCulture, $"{second}-{RandomNumberGenerator.GetInt32(first, Suffixes):x4}")
            : New(started.AddSeconds(1), after);
    }

    /// <summary>A name before those of all runs that begin at this instant or later.</summary>
    public static string Of(DateTimeOffset instant) => $"{Second(instant)}-";

    /// <summary>The day, in UTC, on which the run began.</summary>
    public static DateOnly DayOf(string run) => DateOnly.ParseExact(run.AsSpan(0, 8), "yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>When the run began; the first of all days for what is no name of a run.</summary>
    public static DateTimeOffset BeginningOf(string run) =>
        DateTimeOffset.TryParseExact(
            run.Split('-')[0], "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var began)
            ? began
            : DateTimeOffset.MinValue;

    public static bool IsValid(string text) => Pattern().IsMatch(text);

    [GeneratedRegex("^[0-9]{8}T[0-9]{6}Z-[0-9a-f]{4}$")]
    private static partial Regex Pattern();

    private static string Second(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
}
