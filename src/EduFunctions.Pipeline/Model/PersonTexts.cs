using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EduFunctions.Pipeline.Model;

/// <summary>The texts that a person can have, in the order in which they lie in memory.</summary>
public enum PersonText
{
    GivenName,
    MiddleName,
    FamilyName,

    /// <summary>The first eduPersonPrincipalName.</summary>
    PrincipalName,
    StudentEmail,
    StaffEmail,
    PrivateEmail,
    CivicNumber,
}

/// <summary>
/// Where a person's texts are: one behind the other in one chunk, so that one start and eight lengths say it of all. Packed, for a million of them.
/// </summary>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(ushort))]
public struct PersonTexts
{
    internal const int Count = 8;

    private int _start;
    private Lengths _lengths;
    private ushort _chunk;

    /// <param name="start">Where the first one begins in the chunk.</param>
    /// <param name="lengths">Of each, in bytes.</param>
    internal PersonTexts(ushort chunk, int start, ReadOnlySpan<ushort> lengths)
    {
        (_chunk, _start) = (chunk, start);
        lengths.CopyTo(_lengths);
    }

    public readonly Text GivenName => this[PersonText.GivenName];

    public readonly Text MiddleName => this[PersonText.MiddleName];

    public readonly Text FamilyName => this[PersonText.FamilyName];

    public readonly Text PrincipalName => this[PersonText.PrincipalName];

    public readonly Text StudentEmail => this[PersonText.StudentEmail];

    public readonly Text StaffEmail => this[PersonText.StaffEmail];

    public readonly Text PrivateEmail => this[PersonText.PrivateEmail];

    public readonly Text CivicNumber => this[PersonText.CivicNumber];

    /// <summary>Of all texts together, in bytes.</summary>
    public readonly int Length
    {
        get
        {
            var length = 0;
            foreach (var one in _lengths)
            {
                length += one;
            }

            return length;
        }
    }

    public readonly Text this[PersonText text]
    {
        get
        {
            var start = _start;
            for (var before = 0; before < (int)text; before++)
            {
                start += _lengths[before];
            }

            return _lengths[(int)text] == 0 ? default : new Text(start, _lengths[(int)text], _chunk);
        }
    }

    /// <summary>All texts, one behind the other.</summary>
    public readonly ReadOnlySpan<byte> Bytes(TextHeap heap) => heap.Chunk(_chunk).Slice(_start, Length);

    /// <summary>The same texts elsewhere.</summary>
    public readonly PersonTexts MovedTo(int start, ushort chunk) => this with { _start = start, _chunk = chunk };

    /// <summary>The same texts, appended to a chunk.</summary>
    public readonly PersonTexts CopiedTo(TextChunk chunk, TextHeap heap) => MovedTo(chunk.Append(Bytes(heap)), chunk.Number);

    /// <summary>Whether all texts are the same.</summary>
    /// <param name="heap">Where these lie.</param>
    /// <param name="otherHeap">Where the others lie.</param>
    public readonly bool Equal(in PersonTexts other, TextHeap heap, TextHeap otherHeap)
    {
        ReadOnlySpan<ushort> lengths = _lengths;
        return lengths.SequenceEqual(other._lengths) && Bytes(heap).SequenceEqual(other.Bytes(otherHeap));
    }

    [InlineArray(Count)]
    private struct Lengths
    {
        private ushort _first;
    }
}
