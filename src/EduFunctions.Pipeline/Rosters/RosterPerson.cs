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
    /// <summary>Number of a person's texts.</summary>
    internal const int TextCount = 8;

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
        for (var text = 0; text < TextCount; text++)
        {
            _lengths[text] = texts.Add(heap[given[text]]).Length;
        }
    }

    /// <summary>Says where the person's texts are, which follow each other.</summary>
    /// <returns>Where the next person's texts begin.</returns>
    internal int SetTexts(int start, ReadOnlySpan<Text> given)
    {
        _start = start;
        for (var text = 0; text < TextCount; text++)
        {
            _lengths[text] = given[text].Length;
            start += given[text].Length;
        }

        return start;
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

    [InlineArray(TextCount)]
    private struct Lengths
    {
        private ushort _first;
    }
}
