using System.Buffers;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>What School Data Sync, and Entra behind it, take. Choosing asks here who can stand in the files, and the check whether they do.</summary>
internal static class SdsLimits
{
    /// <summary>Names of people in Entra, in characters.</summary>
    public const int LongestPersonName = 64;

    /// <summary>Names of groups in Entra; the format itself names no length.</summary>
    public const int LongestText = 256;

    public const int LongestBeforeAt = 64;
    public const int LongestDomain = 48;

    /// <summary>Of our ids.</summary>
    public static readonly SearchValues<byte> IdAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"u8);

    /// <summary>What a user principal name may be made of; letters beyond ASCII are none of it.</summary>
    private static readonly SearchValues<byte> UserNameAlphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.-_!#^~"u8);

    private static readonly SearchValues<byte> DomainAlphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.-"u8);

    public static bool IsTooLong(ReadOnlySpan<byte> clean) => CleanText.IsLonger(clean, LongestText);

    public static bool IsPersonNameTooLong(ReadOnlySpan<byte> clean) => CleanText.IsLonger(clean, LongestPersonName);

    /// <summary>Whether a value can stand in a file, whatever its column: no line breaks, nothing that nobody sees, no formula.</summary>
    public static bool Takes(ReadOnlySpan<byte> value) => !IsTooLong(value) && PlainText.IsSafe(value) && value.IndexOfAny((byte)'\r', (byte)'\n', (byte)'\t') < 0;

    /// <summary>Ids may be any text; of this alphabet they can become parts of addresses of groups, too.</summary>
    public static bool TakesId(ReadOnlySpan<byte> id) => !id.IsEmpty && id.IndexOfAnyExcept(IdAlphabet) < 0 && PlainText.IsSafe(id);

    public static bool TakesId(EntityId id) => WrittenId.IsTaken(id, TakesId);

    /// <summary>A user principal name: at most 64 characters, one @, a domain of at most 48.</summary>
    public static bool TakesUserName(ReadOnlySpan<byte> name)
    {
        var at = name.IndexOf((byte)'@');
        return at is > 0 and <= LongestBeforeAt
            && name[..at].IndexOfAnyExcept(UserNameAlphabet) < 0 && name[0] != '.' && name[at - 1] != '.'
            && IsDomain(name[(at + 1)..]) && PlainText.IsSafe(name);
    }

    public static bool TakesEmail(ReadOnlySpan<byte> address) => Takes(address) && EmailAddress.Is(address);

    private static bool IsDomain(ReadOnlySpan<byte> domain) =>
        domain.Length is > 2 and <= LongestDomain && domain.IndexOfAnyExcept(DomainAlphabet) < 0 && domain.IndexOf((byte)'.') > 0 && domain[^1] != '.';
}
