using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// By what two records are known to be of one human: hashes of the civic number and of the login (eduPersonPrincipalName), 0 for none. However many
/// records a register keeps of somebody, and however they write these, the hashes are the same.
/// </summary>
public readonly record struct PersonIdentity(ulong CivicNumber, ulong Login)
{
    private const int WithoutCentury = 10;
    private const int WithCentury = 12;
    private const int SerialLength = 4;

    public bool IsEmpty => (CivicNumber | Login) == 0;

    /// <summary>The same with a tenant's key: the hashes of one tenant say nothing about another's.</summary>
    public PersonIdentity KeyedBy(ulong key) => new(Keyed(CivicNumber, key), Keyed(Login, key));

    public static ulong Keyed(ulong hash, ulong key)
    {
        if (hash == 0)
        {
            return 0;
        }

        var mixed = (hash ^ key) * 0x9E3779B97F4A7C15;
        return (mixed ^ (mixed >> 29)) | 1;
    }

    /// <summary>
    /// Of the ten digits that Sweden and Denmark both have, with or without century, hyphen and country, also out of a spreadsheet; 0 for less, and for a number
    /// that stands for none.
    /// </summary>
    public static ulong OfCivicNumber(ReadOnlySpan<byte> utf8)
    {
        Span<byte> plain = stackalloc byte[WithCentury];
        var length = 0;
        foreach (var character in utf8)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character is < 0x80 and not (byte)'.' and not (byte)',')
            {
                continue;
            }

            if (length == WithCentury || !char.IsAsciiLetterOrDigit((char)character))
            {
                return OfUnusualNumber(utf8);
            }

            plain[length++] = (byte)char.ToUpperInvariant((char)character);
        }

        return length is WithCentury or WithoutCentury && char.IsAsciiDigit((char)plain[0]) ? OfNumber(plain[..length]) : OfUnusualNumber(utf8);
    }

    /// <summary>Whatever its case, and whatever is written around it; 0 for what stands for none.</summary>
    public static ulong OfLogin(ReadOnlySpan<byte> utf8)
    {
        const int LongestOnStack = 256;
        var login = utf8.Trim(" \t\r\n"u8);
        if (login.Length > LongestOnStack || !Ascii.IsValid(login) || login.IndexOfAny("<:"u8) >= 0 || (login.Length > 0 && ".,;".Contains((char)login[^1])))
        {
            return OfUnusualLogin(utf8);
        }

        Span<byte> lower = stackalloc byte[login.Length];
        Span<char> text = stackalloc char[login.Length];
        Ascii.ToLower(login, lower, out _);
        Ascii.ToUtf16(lower, text, out _);
        return IdentityText.IsPlaceholder(text) ? 0 : Hash(lower);
    }

    /// <summary>Whether it begins like a civic number, with a day of birth: also that of a coordination number or a replacement CPR, whose day is 60 more.</summary>
    public static bool IsDated(byte[] utf8)
    {
        const int DateLength = 6;
        var number = IdentityText.OfCivicNumber(Encoding.UTF8.GetString(utf8));
        if (number.Length is not (WithCentury or WithoutCentury)
            || !int.TryParse(number[^WithoutCentury..][..DateLength], NumberStyles.None, CultureInfo.InvariantCulture, out var date))
        {
            return false;
        }

        var (first, month, last) = (date / 10000, date / 100 % 100, date % 100);
        return month is >= 1 and <= 12 && (IsDay(last) || IsDay(first));

        static bool IsDay(int day) => day is (>= 1 and <= 31) or (>= 61 and <= 91);
    }

    /// <summary>Of an id that another system gives somebody; 0 for what stands for none.</summary>
    /// <param name="kind">Which system's: only within one are they of one human.</param>
    public static ulong OfIdentifier(string kind, string value) =>
        IdentityText.OfLogin(value) is { Length: > 0 } plain ? XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{kind.Trim()}:{plain}"), 2) | 1 : 0;

    private static ulong OfUnusualNumber(ReadOnlySpan<byte> utf8)
    {
        var number = Encoding.ASCII.GetBytes(IdentityText.OfCivicNumber(Encoding.UTF8.GetString(utf8)));
        return number.Length > WithCentury ? 0 : OfNumber(number);
    }

    /// <param name="plain">Letters and digits; the first two of twelve are the century.</param>
    private static ulong OfNumber(ReadOnlySpan<byte> plain)
    {
        var number = plain.Length == WithCentury ? plain[^WithoutCentury..] : plain;
        return number.Length < WithoutCentury || IsPlaceholder(number) ? 0 : XxHash3.HashToUInt64(number) | 1;
    }

    /// <summary>No serial number, or one character all the way.</summary>
    private static bool IsPlaceholder(ReadOnlySpan<byte> number)
    {
        var last = number[^1];
        return (number[^SerialLength..].IndexOfAnyExcept(last) < 0 && (last == '0' || char.IsAsciiLetter((char)last))) || number.IndexOfAnyExcept(last) < 0;
    }

    private static ulong OfUnusualLogin(ReadOnlySpan<byte> utf8)
    {
        var login = IdentityText.OfLogin(Encoding.UTF8.GetString(utf8));
        return login.Length == 0 ? 0 : Hash(Encoding.UTF8.GetBytes(login));
    }

    private static ulong Hash(ReadOnlySpan<byte> login) => XxHash3.HashToUInt64(login, 1) | 1;
}

/// <summary>A second login or civic number of somebody.</summary>
public readonly record struct FurtherIdentity(EntityId Person, ulong Hash);
