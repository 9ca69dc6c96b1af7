using System.Globalization;

namespace EduFunctions.Simulators.Schools.Generated;

internal readonly record struct Birth(DateOnly Date, string? CivicNumber)
{
    // The last digit but one is even for women; the letters of a temporary number say nothing.
    public string Sex => CivicNumber is null || CivicNumber[8] == 'T' ? "Okänt" : (CivicNumber[10] - '0') % 2 == 0 ? "Kvinna" : "Man";
}

/// <summary>Birth dates, and the numbers that the tax agency sets aside for tests: birth numbers from 980 to 999.</summary>
internal static class Births
{
    private const int FirstTestNumber = 980;
    private const int TestNumbersPerDay = 20;

    public static Birth Of(Person person, WorldLayout layout)
    {
        var ordinal = layout.OrdinalOf(person);
        var (first, days) = person.Role switch
        {
            Role.Student => (new DateOnly(BirthYear(person, layout), 1, 1), 365),
            Role.Guardian => (new DateOnly(1970, 1, 1), 7300),
            _ => (new DateOnly(1950, 1, 1), 7300),
        };
        var date = first.AddDays(ordinal % days);
        return new Birth(date, CivicNumber(date, ordinal, days));
    }

    // Where every day has given away its test numbers, and for some anyhow, there is none.
    private static string? CivicNumber(DateOnly date, int ordinal, int days)
    {
        var round = ordinal / days;
        return ordinal % 29 == 13 ? $"{Day(date)}TF{ordinal % 100:00}"
            : ordinal % 9 == 8 || round >= TestNumbersPerDay ? null
            : WithCheckDigit($"{Day(date)}{FirstTestNumber + ((round + (ordinal % days)) % TestNumbersPerDay)}");
    }

    private static int BirthYear(Person student, WorldLayout layout)
    {
        var kind = student.School.Kind;
        var year = student.School.YearOf(student.School.ClassOf(student.Number));
        return layout.Calendar.YearStart.Year - kind.AgeInFirstYear - (year - kind.FirstYear);
    }

    private static string Day(DateOnly date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    // Luhn's sum over the ten digits without the century.
    private static string WithCheckDigit(string number)
    {
        var sum = number[2..].Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 2 : 1)).Sum(value => (value / 10) + (value % 10));
        return $"{number}{(10 - (sum % 10)) % 10}";
    }
}
