using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EduFunctions.Pipeline.Model;

/// <summary>
/// SHA-1 (FIPS 180-4) of eight messages of one length at a time, a message per vector lane: version 5 ids are made by the million, and the
/// platform's SHA-1 spends most of its time on being called (the figures are in docs/performance.md). For ids only, never for security.
/// </summary>
/// <param name="blocks">Length of a message, padded as the standard says.</param>
internal sealed class Sha1Lanes(int blocks)
{
    public const int Lanes = 8;
    public const int BlockSize = 64;
    public const int WordSize = sizeof(uint);

    private const int WordsPerBlock = BlockSize / WordSize;
    private const int Rounds = 80;

    /// <summary>By word of the messages: that word of each.</summary>
    private readonly uint[] _words = new uint[blocks * WordsPerBlock * Lanes];

    /// <summary>Sets words of a message; the others stay as they were for the message before.</summary>
    /// <param name="word">The first of them.</param>
    public void Set(int lane, int word, ReadOnlySpan<byte> bytes)
    {
        var from = MemoryMarshal.Cast<byte, uint>(bytes);
        var to = _words.AsSpan((word * Lanes) + lane);
        for (var at = 0; at < from.Length; at++)
        {
            to[at * Lanes] = BinaryPrimitives.ReverseEndianness(from[at]);
        }
    }

    /// <param name="digests">By word of the digest: the word of every message.</param>
    public void Hash(Span<Vector256<uint>> digests)
    {
        digests[0] = Vector256.Create(0x67452301u);
        digests[1] = Vector256.Create(0xEFCDAB89u);
        digests[2] = Vector256.Create(0x98BADCFEu);
        digests[3] = Vector256.Create(0x10325476u);
        digests[4] = Vector256.Create(0xC3D2E1F0u);
        var blocks = MemoryMarshal.Cast<uint, Vector256<uint>>(_words);
        for (var start = 0; start < blocks.Length; start += WordsPerBlock)
        {
            AddBlock(blocks.Slice(start, WordsPerBlock), digests);
        }
    }

    private static void AddBlock(ReadOnlySpan<Vector256<uint>> block, Span<Vector256<uint>> digests)
    {
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[Rounds];
        Expand(block, words);
        var (a, b, c, d, e) = (digests[0], digests[1], digests[2], digests[3], digests[4]);
        foreach (ref readonly var word in words[..20])
        {
            var next = RotateLeft(a, 5) + (d ^ (b & (c ^ d))) + (e + Vector256.Create(0x5A827999u) + word);
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, next);
        }

        foreach (ref readonly var word in words[20..40])
        {
            var next = RotateLeft(a, 5) + (b ^ c ^ d) + (e + Vector256.Create(0x6ED9EBA1u) + word);
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, next);
        }

        foreach (ref readonly var word in words[40..60])
        {
            var next = RotateLeft(a, 5) + ((b & c) | (d & (b | c))) + (e + Vector256.Create(0x8F1BBCDCu) + word);
            (e, d, c, b, a) = (d, c, RotateLeft(b, 30), a, next);
        }

        foreach (ref readonly var word in words[60..])
        {
            var next = RotateLeft(a, 5) + (b ^ c ^ d) + (e + Vector256.Create(0xCA62C1D6u) + word);
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

    private static Vector256<uint> RotateLeft(Vector256<uint> value, [ConstantExpected] byte bits) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateLeft(value, bits) : (value << bits) | (value >>> (32 - bits));
}
