using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>The digits with which targets and people write a number, whatever they put between them.</summary>
internal static class NumberForms
{
    // A shorter one is anybody's.
    private const int Shortest = 7;

    /// <summary>With and without century, and as a spreadsheet writes an amount; none for one that stands for no number.</summary>
    public static IEnumerable<string> OfCivicNumber(string number)
    {
        const int WithCentury = 12;
        const int WithoutCentury = 10;
        var plain = IdentityText.OfCivicNumber(number);
        string[] forms = plain.Length switch
        {
            < Shortest => [],
            WithCentury or WithoutCentury when PersonIdentity.OfCivicNumber(Encoding.ASCII.GetBytes(plain)) == 0 => [],
            WithCentury => [plain, plain[2..]],
            WithoutCentury => [plain, $"19{plain}", $"20{plain}"],
            _ => [plain],
        };
        return forms.Concat(forms.Where(form => form.Length == WithoutCentury && form[0] == '0').Select(form => form[1..]));
    }

    /// <summary>With and without country code; with the zero that some keep after it.</summary>
    public static IEnumerable<string> OfPhone(string number)
    {
        const string Sweden = "46";
        const string Denmark = "45";
        const int DanishLength = 8;
        var digits = string.Concat(number.Where(char.IsDigit).Select(digit => (char)('0' + (int)char.GetNumericValue(digit))));
        var bare = digits.StartsWith("00", StringComparison.Ordinal) ? digits[2..] : digits;
        var isInternational = bare.Length < digits.Length || number.AsSpan().ContainsAny('+', '\uff0b');
        string[] forms = digits.Length < Shortest || digits.Distinct().Count() == 1 ? []
            : bare.StartsWith('0') ? Swedish(bare[1..])
            : bare.Length == DanishLength && !isInternational ? Danish(bare)
            : bare.StartsWith(Denmark, StringComparison.Ordinal) && bare.Length == Denmark.Length + DanishLength ? Danish(bare[Denmark.Length..])
            : bare.StartsWith(Sweden, StringComparison.Ordinal) ? Swedish(bare[Sweden.Length..].TrimStart('0'))
            : [bare, $"00{bare}"];
        return forms.Where(form => form.Length >= Shortest);

        static string[] Swedish(string number) => [number, $"0{number}", $"{Sweden}{number}", $"{Sweden}0{number}", $"00{Sweden}{number}", $"00{Sweden}0{number}"];

        static string[] Danish(string number) => [number, $"{Denmark}{number}", $"00{Denmark}{number}"];
    }
}
