using System.Buffers;
using System.IO.Hashing;
using System.Text;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Texts as a target compares them that knows no case.</summary>
internal static class CaseFold
{
    private const int MostOnStack = 256;

    /// <summary>The same for two texts that differ in case only.</summary>
    public static UInt128 Hash(ReadOnlySpan<byte> text)
    {
        Span<byte> folded = stackalloc byte[MostOnStack];
        return text.Length <= MostOnStack && Ascii.ToUpper(text, folded, out var length) == OperationStatus.Done
            ? XxHash128.HashToUInt128(folded[..length])
            : XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text).ToUpperInvariant()));
    }
}
