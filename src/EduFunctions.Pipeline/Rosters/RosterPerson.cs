using System.Runtime.CompilerServices;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Rosters;

/// <summary>
/// A person of the roster, stored byte for byte (RosterFile). The texts lie one behind the other, so that one start and eight lengths say
/// where all of them are.
/// </summary>
public struct RosterPerson
{
    public EntityId Id;
    private int _start;
    private Lengths _lengths;
    public Roles Roles;

    /// <summary>The school year of the enrolment that began last, -1 when none says.</summary>
    public sbyte SchoolYear;
    public ushort Reserved;

    public readonly Text GivenName => At(0);

    public readonly Text MiddleName => At(1);

    public readonly Text FamilyName => At(2);

    public readonly Text PrincipalName => At(3);

    public readonly Text StudentEmail => At(4);

    public readonly Text StaffEmail => At(5);

    public readonly Text PrivateEmail => At(6);

    public readonly Text CivicNumber => At(7);

    /// <summary>Appends the person's texts to the roster's.</summary>
    /// <param name="heap">Where the given texts lie.</param>
    /// <param name="given">In the order of the properties above.</param>
    internal void AddTexts(TextChunk texts, TextHeap heap, params ReadOnlySpan<Text> given)
    {
        _start = texts.Bytes.Length;
        for (var text = 0; text < Lengths.Count; text++)
        {
            _lengths[text] = texts.Add(heap[given[text]]).Length;
        }
    }

    /// <summary>Copies the person's texts to a place that was made for them.</summary>
    /// <param name="to">Where the person's texts begin.</param>
    /// <returns>Where the next person's texts begin.</returns>
    internal int SetTexts(Span<byte> texts, int to, TextHeap heap, params ReadOnlySpan<Text> given)
    {
        _start = to;
        for (var text = 0; text < Lengths.Count; text++)
        {
            var bytes = heap[given[text]];
            bytes.CopyTo(texts[to..]);
            _lengths[text] = (ushort)bytes.Length;
            to += bytes.Length;
        }

        return to;
    }

    /// <summary>Whether all texts are the same.</summary>
    /// <param name="texts">Where this person's lie.</param>
    /// <param name="otherTexts">Where the other's lie.</param>
    internal readonly bool HasTextsOf(in RosterPerson other, ReadOnlySpan<byte> texts, ReadOnlySpan<byte> otherTexts)
    {
        ReadOnlySpan<ushort> lengths = _lengths;
        if (!lengths.SequenceEqual(other._lengths))
        {
            return false;
        }

        var length = 0;
        foreach (var one in lengths)
        {
            length += one;
        }

        return texts.Slice(_start, length).SequenceEqual(otherTexts.Slice(other._start, length));
    }

    private readonly Text At(int text)
    {
        var start = _start;
        for (var before = 0; before < text; before++)
        {
            start += _lengths[before];
        }

        return _lengths[text] == 0 ? default : new Text(start, _lengths[text], Roster.PersonTexts);
    }

    [InlineArray(Count)]
    private struct Lengths
    {
        public const int Count = 8;

        private ushort _first;
    }
}
