using System.Buffers;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>A person's texts as a row to look through: the names in one field, each other text in one of its own. Serves one person after the other.</summary>
internal sealed class PersonLine
{
    private readonly ArrayBufferWriter<byte> _row = new();

    public ReadOnlySpan<byte> Row => _row.WrittenSpan;

    /// <summary>Where the names end.</summary>
    public int EndOfNames { get; private set; }

    /// <summary>Where the civic number begins, the last of them.</summary>
    public int StartOfNumber { get; private set; }

    /// <summary>Where the address begins that is of no school.</summary>
    public int StartOfPrivate { get; private set; }

    public void Write(PersonTexts texts, TextHeap heap)
    {
        _row.ResetWrittenCount();
        for (var text = PersonText.GivenName; text <= PersonText.CivicNumber; text++)
        {
            StartOfPrivate = text == PersonText.PrivateEmail ? _row.WrittenCount : StartOfPrivate;
            StartOfNumber = text == PersonText.CivicNumber ? _row.WrittenCount : StartOfNumber;
            _row.Write(WholeValue.Of(heap[texts[text]]));
            EndOfNames = text == PersonText.FamilyName ? _row.WrittenCount : EndOfNames;
            _row.Write(text < PersonText.FamilyName ? " "u8 : "\t"u8);
        }
    }
}
