using System.Buffers.Binary;
using System.Runtime.Intrinsics;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// SHA-1 (FIPS 180-4) of eight messages of one length at a time, a message per vector lane: version 5 ids are made by the million, and the
/// platform's SHA-1 spends most of its time on being called (the figures are in docs/performance.md). For ids only, never for security.
/// </summary>
internal static class Sha1Lanes
{
    public const int Lanes = 8;
    public const int BlockSize = 64;

    private const int WordsPerBlock = BlockSize / sizeof(uint);
    private const int Rounds = 80;

    /// <param name="messages">Eight messages end to end, each padded to whole blocks as the standard says.</param>
    /// <param name="digests">By word of the digest: the word of every message.</param>
    public static void Hash(ReadOnlySpan<byte> messages, Span<Vector256<uint>> digests)
    {
        var length = messages.Length / Lanes;
        digests[0] = Vector256.Create(0x67452301u);
        digests[1] = Vector256.Create(0xEFCDAB89u);
        digests[2] = Vector256.Create(0x98BADCFEu);
        digests[3] = Vector256.Create(0x10325476u);
        digests[4] = Vector256.Create(0xC3D2E1F0u);
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[WordsPerBlock];
        for (var block = 0; block < length; block += BlockSize)
        {
            Load(messages[block..], length, words);
            AddBlock(words, digests);
        }
    }

    /// <summary>Turns eight blocks that lie one behind the other into sixteen vectors of eight words.</summary>
    private static void Load(ReadOnlySpan<byte> messages, int length, Span<Vector256<uint>> words)
    {
        Span<uint> lanes = stackalloc uint[WordsPerBlock * Lanes];
        for (var lane = 0; lane < Lanes; lane++)
        {
            var block = messages.Slice(lane * length, BlockSize);
            for (var word = 0; word < WordsPerBlock; word++)
            {
                lanes[(word * Lanes) + lane] = BinaryPrimitives.ReadUInt32BigEndian(block[(word * sizeof(uint))..]);
            }
        }

        for (var word = 0; word < WordsPerBlock; word++)
        {
            words[word] = Vector256.Create<uint>(lanes.Slice(word * Lanes, Lanes));
        }
    }

    private static void AddBlock(ReadOnlySpan<Vector256<uint>> block, Span<Vector256<uint>> digests)
    {
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[Rounds];
        Expand(block, words);
        var (a, b, c, d, e) = (digests[0], digests[1], digests[2], digests[3], digests[4]);
        for (var round = 0; round < 20; round++)
        {
            var next = RotateLeft(a, 5) + (d ^ (b & (c ^ d))) + e + Vector256.Create(0x5A827999u) + words[round];
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, next);
        }

        for (var round = 20; round < 40; round++)
        {
            var next = RotateLeft(a, 5) + (b ^ c ^ d) + e + Vector256.Create(0x6ED9EBA1u) + words[round];
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, next);
        }

        for (var round = 40; round < 60; round++)
        {
            var next = RotateLeft(a, 5) + ((b & c) | (d & (b | c))) + e + Vector256.Create(0x8F1BBCDCu) + words[round];
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, next);
        }

        for (var round = 60; round < Rounds; round++)
        {
            var next = RotateLeft(a, 5) + (b ^ c ^ d) + e + Vector256.Create(0xCA62C1D6u) + words[round];
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, next);
        }

        digests[0] += a;
        digests[1] += b;
        digests[2] += c;
        digests[3] += d;
        digests[4] += e;
    }

    /// <summary>The block's sixteen words, and the others that the standard makes of them.</summary>
    private static void Expand(ReadOnlySpan<Vector256<uint>> block, Span<Vector256<uint>> words)
    {
        block.CopyTo(words);
        for (var round = WordsPerBlock; round < Rounds; round++)
        {
            words[round] = RotateLeft(words[round - 3] ^ words[round - 8] ^ words[round - 14] ^ words[round - 16], 1);
        }
    }

    private static Vector256<uint> RotateLeft(Vector256<uint> value, int bits) => (value << bits) | (value >>> (32 - bits));
}
