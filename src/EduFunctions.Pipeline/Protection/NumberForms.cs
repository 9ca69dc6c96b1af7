namespace EduFunctions.Pipeline.Protection;

/// <summary>The ways in which targets and people write a number.</summary>
internal static class NumberForms
{
    // A shorter one is anybody's.
    private const int Shortest = 7;

    /// <summary>With and without century, hyphen or blank.</summary>
    public static IEnumerable<string> OfCivicNumber(string number)
    {
        const int WithCentury = 12;
        const int BirthNumber = 4;
        var plain = string.Concat(number.Where(char.IsAsciiLetterOrDigit));
        string[] lengths = plain.Length == WithCentury ? [plain, plain[2..]] : [plain];
        return plain.Length < Shortest ? [] : [number, .. lengths, .. lengths.Select(form => $"{form[..^BirthNumber]}-{form[^BirthNumber..]}")];
    }

    /// <summary>As it is written, and as bare digits with either prefix.</summary>
    public static IEnumerable<string> OfPhone(string number)
    {
        const string Sweden = "46";
        const string Denmark = "45";
        const int DanishLength = 8;
        var digits = Digits(number);
        var bare = digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
        string[] other = bare.StartsWith('0') ? [bare, $"{Sweden}{bare[1..]}"]
            : bare.Length == DanishLength ? [bare, $"{Denmark}{bare}"]
            : bare.StartsWith(Denmark, StringComparison.Ordinal) && bare.Length == Denmark.Length + DanishLength ? [bare, bare[Denmark.Length..]]
            : bare.StartsWith(Sweden, StringComparison.Ordinal) ? [bare, $"0{bare[Sweden.Length..]}"]
            : [bare];
        return digits.Length < Shortest ? [] : [number, digits, .. other];
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
