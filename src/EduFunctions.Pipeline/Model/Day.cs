using System.Buffers;
using System.Globalization;

namespace EduFunctions.Pipeline.Model;

/// <summary>A calendar day of a source in four bytes: absent (the default), a value that is no date, or a day.</summary>
public readonly record struct Day : IComparable<Day>
{
    private const int NoDate = -1;
    private const int DateLength = 10;

    private static readonly SearchValues<byte> OfTime = SearchValues.Create("0123456789:.,"u8);

    private readonly int _value;

    private Day(int value) => _value = value;

    public static Day Absent => default;

    public static Day Invalid => new(NoDate);

    public bool IsAbsent => _value == 0;

    public bool IsInvalid => _value == NoDate;

    public bool IsDay => _value > 0;

    /// <summary>Days since 0001-01-01; only for a day.</summary>
    public int Number => _value - 1;

    public static Day From(DateOnly date) => new(date.DayNumber + 1);

    /// <summary>
    /// Reads <c>yyyy-MM-dd</c>, also with a time, a zone or both behind it: the day that is written counts, whatever the zone. Anything else is
    /// <see cref="Invalid"/>.
    /// </summary>
    public static Day Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > DateLength)
        {
            return IsTimeOrZone(utf8[DateLength..]) ? Parse(utf8[..DateLength]) : Invalid;
        }

        if (utf8.Length != DateLength || utf8[4] != '-' || utf8[7] != '-')
        {
            return Invalid;
        }

        var (year, month, day) = (Digits(utf8[..4]), Digits(utf8[5..7]), Digits(utf8[8..]));
        return year > 0 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? From(new DateOnly(year, month, day))
            : Invalid;
    }

    public DateOnly ToDate() => DateOnly.FromDayNumber(Number);

    public int CompareTo(Day other) => _value.CompareTo(other._value);

    public static bool operator <(Day left, Day right) => left._value < right._value;

    public static bool operator >(Day left, Day right) => left._value > right._value;

    public static bool operator <=(Day left, Day right) => left._value <= right._value;

    public static bool operator >=(Day left, Day right) => left._value >= right._value;

    public override string ToString() =>
        IsAbsent ? "absent" : IsInvalid ? "not a date" : ToDate().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary><c>Thh:mm:ss.fff+hh:mm</c> or what of it there is.</summary>
    private static bool IsTimeOrZone(ReadOnlySpan<byte> rest)
    {
        if (rest[0] is (byte)'T' or (byte)'t' or (byte)' ')
        {
            var time = rest[1..];
            var end = time.IndexOfAnyExcept(OfTime);
            time = end < 0 ? time : time[..end];
            if (time.Length < 5 || time[2] != ':' || Digits(time[..2]) is < 0 or > 24 || Digits(time[3..5]) is < 0 or > 59)
            {
                return false;
            }

            rest = rest[(1 + time.Length)..];
        }

        return rest.IsEmpty || rest.SequenceEqual("Z"u8) || rest.SequenceEqual("z"u8)
            || (rest.Length is 5 or 6 && (rest[0] is (byte)'+' or (byte)'-') && Digits(rest[1..3]) is >= 0 and <= 14 && Digits(rest[^2..]) is >= 0 and <= 59
                && (rest.Length == 5 || rest[3] == ':'));
    }

    private static int Digits(ReadOnlySpan<byte> utf8)
    {
        var value = 0;
        foreach (var c in utf8)
        {
            if (c is < (byte)'0' or > (byte)'9')
            {
                return -1;
            }

            value = (value * 10) + (c - '0');
        }

        return value;
    }
}
