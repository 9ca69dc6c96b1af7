using System.Text.RegularExpressions;

namespace EduFunctions.Benchmarks.Nights;

/// <summary>Calls for blobs of one kind, and the bytes they carried.</summary>
internal sealed partial record BlobTraffic(long Calls, long BytesUp, long BytesDown)
{
    public BlobTraffic And(BlobTraffic other) => new(Calls + other.Calls, BytesUp + other.BytesUp, BytesDown + other.BytesDown);

    /// <summary>Container and name, without the account; tenants, runs and pages, of which there are many, count as one.</summary>
    public static string NameOf(Uri address) => Many().Replace(string.Concat(address.Segments.Skip(2)), "*");

    [GeneratedRegex(@"tenant-\d+|\d{8}T\d{6}Z-[0-9a-f]+|\d{6,}")]
    private static partial Regex Many();
}
