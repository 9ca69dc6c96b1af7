using System.Buffers.Binary;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>A Swedish civic number as eight bytes, ordered as its text yyyymmdd-nnnn is.</summary>
internal readonly record struct CivicNumber(ulong Value) : IComparable<CivicNumber>
{
    public const int TextLength = 13;

    private const int DateLength = 8;
    private const int EndLength = 4;
    private const int DaysAdded = 60;

    /// <summary>
    /// Takes twelve characters, with a hyphen or without: a birth date, for co-ordination numbers with 60 added to its day, and four digits with a right
    /// check digit, or TF and two digits.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out CivicNumber number)
    {
        var end = text.Length == TextLength && text[DateLength] == '-' ? text[^EndLength..] : text.Length == DateLength + EndLength ? text[DateLength..] : default;
        number = default;
        if (end.IsEmpty || !TryRead(text[..DateLength], out var date) || !IsDate(date) || !IsEnd(text[..DateLength], end))
        {
            return false;
        }

        number = new CivicNumber(((ulong)date << 32) | BinaryPrimitives.ReadUInt32BigEndian(end));
        return true;
    }

    public void Format(Span<byte> text)
    {
        var date = (int)(Value >> 32);
        for (var at = DateLength - 1; at >= 0; at--, date /= 10)
        {
            text[at] = (byte)('0' + (date % 10));
        }

        text[DateLength] = (byte)'-';
        BinaryPrimitives.WriteUInt32BigEndian(text[(DateLength + 1)..], (uint)Value);
    }

    public int CompareTo(CivicNumber other) => Value.CompareTo(other.Value);

    private static bool IsDate(int date)
    {
        var (year, month, day) = (date / 10000, date / 100 % 100, date % 100);
        day -= day > DaysAdded ? DaysAdded : 0;
        return year is > 1800 and < 2200 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);
    }

    private static bool IsEnd(ReadOnlySpan<byte> date, ReadOnlySpan<byte> end) =>
        end.StartsWith("TF"u8) ? TryRead(end[2..], out _) : TryRead(end, out _) && HasCheckDigit([.. date[2..], .. end]);

    /// <summary>Digits doubled in turn, the sums of their digits a multiple of ten.</summary>
    private static bool HasCheckDigit(ReadOnlySpan<byte> digits)
    {
        var sum = 0;
        for (var at = 0; at < digits.Length; at++)
        {
            var value = (digits[at] - '0') * (2 - (at % 2));
            sum += (value / 10) + (value % 10);
        }

        return sum % 10 == 0;
    }

    private static bool TryRead(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'9')
            {
                return false;
            }

            value = (value * 10) + digit - '0';
        }

        return true;
    }
}
