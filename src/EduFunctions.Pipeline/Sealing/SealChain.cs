using System.Security.Cryptography;
using System.Text.Json;
using EduFunctions.Pipeline.Infrastructure;

namespace EduFunctions.Pipeline.Sealing;

/// <summary>A stored record as it was when it was written.</summary>
/// <param name="Sequence">From 1.</param>
/// <param name="Blob">Container and name.</param>
/// <param name="Sha256">Of the blob's bytes.</param>
/// <param name="Previous">SHA-256 of the entry before; null for the first.</param>
public sealed record SealEntry(int Sequence, string Blob, string Sha256, string? Previous);

/// <summary>Which entry of the chain something stands at, and its SHA-256: it speaks for all entries before it.</summary>
public sealed record Seal(int Sequence, string Sha256);

/// <summary>What was sealed for a tenant, oldest first (<c>state/{tenant}/seal.jsonl</c>): a line per entry, each with the hash of the line before.</summary>
internal sealed class SealChain
{
    private readonly byte[] _lines;
    private readonly List<(SealEntry? Entry, string Sha256)> _entries = [];

    public SealChain(byte[] lines)
    {
        _lines = lines;
        for (var rest = lines.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = end < 0 ? rest : rest[..end];
            _entries.Add((Parse(line), Hash(line)));
            rest = end < 0 ? default : rest[(end + 1)..];
        }
    }

    public int Count => _entries.Count;

    public Seal? Head => _entries is [.., var last] ? new Seal(Count, last.Sha256) : null;

    /// <summary>Those that can be read, in order.</summary>
    public IEnumerable<SealEntry> Entries => _entries.Select(entry => entry.Entry).OfType<SealEntry>();

    public bool Has(Seal seal) => seal.Sequence >= 1 && seal.Sequence <= Count && _entries[seal.Sequence - 1].Sha256 == seal.Sha256;

    public bool Has(string sha256) => _entries.Exists(entry => entry.Sha256 == sha256);

    public bool HasBlob(string blob) => _entries.Exists(entry => entry.Entry?.Blob == blob);

    public Seal? Find(string blob, string sha256) =>
        _entries.FindLastIndex(entry => entry.Entry is { } sealedAs && sealedAs.Blob == blob && sealedAs.Sha256 == sha256) is >= 0 and var at
            ? new Seal(at + 1, _entries[at].Sha256)
            : null;

    /// <summary>The chain with one more entry.</summary>
    public SealChain With(string blob, string sha256)
    {
        var entry = new SealEntry(Count + 1, blob, sha256, Head?.Sha256);
        return new SealChain([.. _lines, .. JsonSerializer.SerializeToUtf8Bytes(entry, Serialization.Compact), (byte)'\n']);
    }

    public byte[] ToBytes() => _lines;

    /// <summary>Numbers of entries that do not follow on the one before.</summary>
    public IEnumerable<int> Breaks()
    {
        for (var at = 0; at < Count; at++)
        {
            var previous = at == 0 ? null : _entries[at - 1].Sha256;
            if (_entries[at].Entry is not { } entry || entry.Sequence != at + 1 || entry.Previous != previous)
            {
                yield return at + 1;
            }
        }
    }

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static SealEntry? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return JsonSerializer.Deserialize<SealEntry>(line, Serialization.Compact);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
