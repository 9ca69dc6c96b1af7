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
    private const string NoNumber = "0000";

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

    /// <summary>Of the ten digits that Sweden and Denmark both have, with or without century and hyphen; 0 for less, and for a number that stands for none.</summary>
    public static ulong OfCivicNumber(ReadOnlySpan<byte> utf8)
    {
        Span<byte> plain = stackalloc byte[WithCentury];
        var length = 0;
        foreach (var character in utf8)
        {
            if (!char.IsAsciiLetterOrDigit((char)character))
            {
                continue;
            }

            if (length == WithCentury)
            {
                return 0;
            }

            plain[length++] = (byte)char.ToUpperInvariant((char)character);
        }

        var number = length == WithCentury ? plain[^WithoutCentury..] : plain[..length];
        return number.Length < WithoutCentury || number.EndsWith(Encoding.ASCII.GetBytes(NoNumber)) ? 0 : XxHash3.HashToUInt64(number) | 1;
    }

    /// <summary>Whatever its case.</summary>
    public static ulong OfLogin(ReadOnlySpan<byte> utf8)
    {
        const int LongestOnStack = 256;
        var login = utf8.Trim(" \t\r\n"u8);
        if (login.IsEmpty)
        {
            return 0;
        }

        if (login.Length > LongestOnStack || !Ascii.IsValid(login))
        {
            return XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(login).ToLowerInvariant()), 1) | 1;
        }

        Span<byte> lower = stackalloc byte[login.Length];
        Ascii.ToLower(login, lower, out _);
        return XxHash3.HashToUInt64(lower, 1) | 1;
    }
}

/// <summary>A second login or civic number of somebody.</summary>
public readonly record struct FurtherIdentity(EntityId Person, ulong Hash);
