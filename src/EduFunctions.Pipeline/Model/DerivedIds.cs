using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// Makes ids out of pairs of ids: version 5 of <c>kind|first|second</c>, so that every run and every machine makes the same. Works on eight
/// pairs of uuids at a time, on others one by one; the results are all there once it is disposed.
/// </summary>
internal sealed class DerivedIds : IDisposable
{
    private const int Blocks = 2;

    private readonly EntityId[] _results;
    private readonly byte[] _kind;
    private readonly int[] _places = new int[Sha1Lanes.Lanes];
    private readonly Sha1Lanes _hashes = new(Blocks);

    /// <summary>The message of one pair, and where the ids stand in it.</summary>
    private readonly byte[] _message = new byte[Blocks * Sha1Lanes.BlockSize];
    private readonly int _first;
    private readonly int _second;
    private int _pending;

    /// <param name="kind">The kind with its separator, as in <c>section|</c>.</param>
    /// <param name="results">Where the ids go.</param>
    public DerivedIds(ReadOnlySpan<byte> kind, EntityId[] results)
    {
        _results = results;
        _kind = kind.ToArray();
        _first = EntityId.Size + kind.Length;
        _second = _first + EntityId.UuidLength + 1;
        Prepare(kind);
        for (var lane = 0; lane < Sha1Lanes.Lanes; lane++)
        {
            _hashes.Set(lane, 0, _message);
        }
    }

    /// <summary>The id of one pair, when the first part is a text.</summary>
    public static EntityId Of(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> first, EntityId second)
    {
        var length = second.TextLength;
        Span<byte> name = stackalloc byte[kind.Length + first.Length + 1 + length];
        kind.CopyTo(name);
        first.CopyTo(name[kind.Length..]);
        name[kind.Length + first.Length] = (byte)'|';
        second.Format(name[^length..]);
        return EntityId.Derive(name);
    }

    /// <param name="place">Where among the results the id goes.</param>
    public void Add(int place, EntityId first, EntityId second)
    {
        if (first.IsText || second.IsText)
        {
            Span<byte> text = stackalloc byte[first.TextLength];
            first.Format(text);
            _results[place] = Of(_kind, text, second);
            return;
        }

        var message = _message.AsSpan();
        first.Format(message[_first..]);
        second.Format(message[_second..]);
        SetWords(_pending, _first, _second + EntityId.UuidLength);
        _places[_pending++] = place;
        if (_pending == Sha1Lanes.Lanes)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        Span<Vector256<uint>> digests = stackalloc Vector256<uint>[5];
        _hashes.Hash(digests);
        for (var lane = 0; lane < _pending; lane++)
        {
            var high = ((ulong)digests[0][lane] << 32) | digests[1][lane];
            var low = ((ulong)digests[2][lane] << 32) | digests[3][lane];
            _results[_places[lane]] = EntityId.Version5(high, low);
        }

        _pending = 0;
    }

    /// <summary>All that is the same in every message: namespace, kind, separator, and SHA-1's end mark and length in bits.</summary>
    private void Prepare(ReadOnlySpan<byte> kind)
    {
        var length = _second + EntityId.UuidLength;
        EntityId.DerivedNamespace.CopyTo(_message);
        kind.CopyTo(_message.AsSpan(EntityId.Size));
        _message[_second - 1] = (byte)'|';
        _message[length] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(_message.AsSpan(_message.Length - sizeof(long)), length * 8L);
    }

    /// <summary>Sets the words of a message that hold its bytes from a place to another.</summary>
    private void SetWords(int lane, int from, int to)
    {
        var (first, end) = (from / Sha1Lanes.WordSize, (to + Sha1Lanes.WordSize - 1) / Sha1Lanes.WordSize);
        _hashes.Set(lane, first, _message.AsSpan(first * Sha1Lanes.WordSize, (end - first) * Sha1Lanes.WordSize));
    }
}
