using System.Buffers.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// A day of birth as the six digits with which civic numbers begin, 0 for none: registers write it with a century and without, as a date or in the number. Only
/// asked whether two records have the same.
/// </summary>
internal static class BirthDate
{
    private const int Digits = 6;
    private const int WithoutCentury = 10;
    private const int WithCentury = 12;

    /// <summary>In coordination numbers and replacement numbers the day is so much more.</summary>
    private const int OfNoNumber = 60;

    /// <param name="utf8"><c>yyyy-MM-dd</c>, also with a time behind it.</param>
    public static int Of(ReadOnlySpan<byte> utf8)
    {
        if (Day.Parse(utf8) is not { IsDay: true } day)
        {
            return 0;
        }

        var date = day.ToDate();
        return (date.Year % 100 * 10000) + (date.Month * 100) + date.Day;
    }

    public static int OfCivicNumber(ReadOnlySpan<byte> utf8)
    {
        Span<byte> digits = stackalloc byte[WithCentury];
        var length = 0;
        foreach (var character in utf8)
        {
            if (length == WithCentury && char.IsAsciiLetterOrDigit((char)character))
            {
                return 0;
            }

            if (char.IsAsciiLetterOrDigit((char)character))
            {
                digits[length++] = character;
            }
        }

        return length is WithoutCentury or WithCentury && Utf8Parser.TryParse(digits[(length - WithoutCentury)..][..Digits], out int date, out var read) && read == Digits
            ? WithoutOffset(date)
            : 0;
    }

    private static int WithoutOffset(int date) => date % 100 > OfNoNumber ? date - OfNoNumber : date;
}
