using System.Buffers;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Whether a text is one e-mail address, for whatever target: people write "none", two addresses, or a name with one in brackets where an address belongs,
/// and a target that takes that makes an account of it.
/// </summary>
internal static class EmailAddress
{
    private static readonly SearchValues<byte> NeverInside = SearchValues.Create(" \t\r\n,;:<>()[]\"\\|"u8);
    private static readonly SearchValues<byte> NeverInDomain = SearchValues.Create("!#$%&'*+/=?^_`{}~"u8);

    /// <summary>One @ with something before it, and behind it a domain, which may be the name of a host alone.</summary>
    /// <param name="clean">Without what targets never get.</param>
    public static bool Is(ReadOnlySpan<byte> clean)
    {
        var at = clean.IndexOf((byte)'@');
        if (at <= 0 || clean.IndexOfAny(NeverInside) >= 0)
        {
            return false;
        }

        var domain = clean[(at + 1)..];
        return !domain.IsEmpty && !domain.Contains((byte)'@') && domain.IndexOfAny(NeverInDomain) < 0
            && domain[0] != '.' && domain[^1] != '.' && domain.IndexOf(".."u8) < 0;
    }
}
