using System.Buffers;
using System.Globalization;
using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>Logins, addresses of mail and civic numbers without what registers, spreadsheets and people write around them.</summary>
internal static class IdentityText
{
    private const int CountryLength = 2;
    private const int LongestNumber = 12;
    private const int ShortestNumber = 10;
    private const int LongestPlaceholder = 10;
    private const int LongestOnStack = 256;
    private const string Mail = "mailto:";

    /// <summary>ASCII and the letters of Europe, which are printed as they are.</summary>
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Enumerable.Range(0, 0x80).Concat(Enumerable.Range(0xC0, 0x190)).Select(point => (char)point)]);

    /// <summary>What is written where there is none. Short words may be somebody's initials.</summary>
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Placeholders = new HashSet<string>(
        "saknas okänd okand ingen inget mangler ukendt unknown missing undefined null none noreply donotreply".Split(' '), StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Of a login or an address of mail: <c>mailto:</c>, angle brackets with a name before them, a dot behind, case.</summary>
    /// <returns>Empty for what stands for none.</returns>
    public static string OfLogin(string text)
    {
        var login = Printed(text);
        if (login.LastIndexOf('<') is >= 0 and var open)
        {
            login = login[(open + 1)..].Split('>')[0];
        }

        login = login.Trim().ToLowerInvariant();
        login = login.StartsWith(Mail, StringComparison.Ordinal) ? login[Mail.Length..].Split('?')[0] : login;
        login = login.TrimEnd('.', ',', ';', ' ').TrimStart();
        return IsPlaceholder(login) ? "" : login;
    }

    /// <summary>Whether it stands for none: a word that says so, or nothing but signs and zeros.</summary>
    /// <param name="lower">In lower case.</param>
    public static bool IsPlaceholder(ReadOnlySpan<char> lower)
    {
        Span<char> letters = stackalloc char[LongestPlaceholder + 1];
        var local = lower.IndexOf('@') is >= 0 and var at ? lower[..at] : lower;
        return !HasMeaning(lower)
            || Placeholders.Contains(Letters(local, letters))
            || Letters(lower, letters).StartsWith("ejangive");
    }

    /// <summary>Letters and digits of a civic number: without the country before it, and as it was before a spreadsheet took it for an amount.</summary>
    public static string OfCivicNumber(string text)
    {
        var printed = Printed(text).Trim();
        if (printed.IndexOfAny(['.', ',', 'E', 'e']) >= 0
            && decimal.TryParse(printed.Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var amount)
            && decimal.IsInteger(amount))
        {
            printed = amount.ToString("0", CultureInfo.InvariantCulture);
        }

        var number = string.Concat(printed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
        var hasCountry = number.Length is ShortestNumber + CountryLength or LongestNumber + CountryLength
            && char.IsAsciiLetter(number[0]) && char.IsAsciiLetter(number[1]) && char.IsAsciiDigit(number[CountryLength]);
        number = hasCountry ? number[CountryLength..] : number;

        // An amount has no zero before it.
        return number.Length == ShortestNumber - 1 && number.All(char.IsAsciiDigit) ? $"0{number}" : number;
    }

    /// <summary>Words of letters and digits in lower case with one blank between them, whatever signs are there.</summary>
    public static string Words(string text)
    {
        var printed = Printed(text).ToLowerInvariant();
        var words = printed.Length <= LongestOnStack ? stackalloc char[printed.Length] : new char[printed.Length];
        var length = 0;
        var isWithin = false;
        foreach (var letter in printed)
        {
            var isLetter = char.IsLetterOrDigit(letter);
            if (isLetter && !isWithin && length > 0)
            {
                words[length++] = ' ';
            }

            if (isLetter)
            {
                words[length++] = letter;
            }

            isWithin = isLetter;
        }

        return words[..length].SequenceEqual(printed) ? printed : new string(words[..length]);
    }

    private static bool HasMeaning(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (character != '0' && char.IsLetterOrDigit(character))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>As many as there is room for; of a text with digits none, since it is somebody's.</summary>
    private static ReadOnlySpan<char> Letters(ReadOnlySpan<char> text, Span<char> room)
    {
        var length = 0;
        foreach (var character in text)
        {
            if (char.IsDigit(character))
            {
                return [];
            }

            if (char.IsLetter(character) && length < room.Length)
            {
                room[length++] = character;
            }
        }

        return room[..length];
    }

    /// <summary>Full-width and other digits and letters as ASCII, other blanks as one of them, and nothing that nobody sees.</summary>
    private static string Printed(string text)
    {
        if (text.AsSpan().IndexOfAnyExcept(Plain) < 0)
        {
            return text;
        }

        var printed = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var plain = rune.Value is >= 0xFF01 and <= 0xFF5E ? new Rune(rune.Value - 0xFEE0) : rune;
            printed.Append(UnseenLetters.Is(plain) ? "" : Rune.GetUnicodeCategory(plain) switch
            {
                UnicodeCategory.SpaceSeparator => " ",
                UnicodeCategory.DecimalDigitNumber => Rune.GetNumericValue(plain).ToString(CultureInfo.InvariantCulture),
                _ => plain.ToString(),
            });
        }

        return printed.ToString();
    }
}
