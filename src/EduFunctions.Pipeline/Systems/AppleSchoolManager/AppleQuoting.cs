using EduFunctions.Pipeline.Checking;

namespace EduFunctions.Pipeline.Systems.AppleSchoolManager;

/// <summary>Quotes where Apple wants them, and only there; within them a backslash before what is special.</summary>
internal static class AppleQuoting
{
    /// <summary>The typographic double quotes of Europe's languages.</summary>
    private static readonly byte[][] Typographic = [[.. "“"u8], [.. "”"u8], [.. "„"u8], [.. "«"u8], [.. "»"u8]];

    public static TargetRule? Broken(ReadOnlySpan<byte> written, bool isQuoted)
    {
        if (written.IsEmpty)
        {
            return null;
        }

        if (isQuoted)
        {
            return InQuotes(written);
        }

        return written[0] is (byte)' ' or (byte)'\t' ? AppleTargetRules.BlankBefore
            : written[0] >= 0xC2 && BeginsTypographic(written) ? AppleTargetRules.QuoteTypographic
            : written.IndexOfAny(AppleLimits.Quoted) >= 0 ? AppleTargetRules.QuoteMissing
            : null;
    }

    private static TargetRule? InQuotes(ReadOnlySpan<byte> written)
    {
        if (written.IndexOfAny(AppleLimits.Quoted) < 0 && written.IndexOfAny(AppleLimits.Forbidden) < 0)
        {
            return AppleTargetRules.QuoteNeedless;
        }

        for (var at = 0; at < written.Length; at++)
        {
            if (written[at] == '\\')
            {
                at++;
            }
            else if (written[at] is (byte)'"' or (byte)'\n')
            {
                return written[at] == '"' ? AppleTargetRules.QuoteDoubled : AppleTargetRules.LineBreak;
            }
        }

        return null;
    }

    private static bool BeginsTypographic(ReadOnlySpan<byte> written)
    {
        foreach (var quote in Typographic)
        {
            if (written.StartsWith(quote))
            {
                return true;
            }
        }

        return false;
    }
}
