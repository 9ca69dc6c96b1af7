using System.IO.Hashing;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>Ids seen in a file, as 16 bytes each whatever their length.</summary>
internal sealed class IdSet
{
    private readonly HashSet<UInt128> _ids = [];

    public int Count => _ids.Count;

    public bool Add(ReadOnlySpan<byte> id) => _ids.Add(XxHash128.HashToUInt128(id));

    /// <summary>False for a text of which the set has another spelling.</summary>
    public bool AddIgnoringCase(ReadOnlySpan<byte> text) => _ids.Add(CaseFold.Hash(text));

    public bool Contains(ReadOnlySpan<byte> id) => _ids.Contains(XxHash128.HashToUInt128(id));
}
