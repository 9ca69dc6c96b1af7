namespace EduFunctions.Pipeline.Model;

/// <summary>A person's texts while they are found: in any order, and some for nothing. Serves one person after the other.</summary>
public sealed class PersonDraft
{
    private readonly TextChunk _found = new();
    private readonly Text[] _texts = new Text[PersonTexts.Count];

    /// <summary>Empty until it is set.</summary>
    public ReadOnlySpan<byte> this[PersonText text] => _found[_texts[(int)text]];

    public bool Has(PersonText text) => !_texts[(int)text].IsEmpty;

    /// <summary>Keeps a text of which it is not known yet whether it is one of the person's.</summary>
    public Text Keep(ReadOnlySpan<byte> utf8) => _found.Add(utf8);

    public void Set(PersonText text, Text kept) => _texts[(int)text] = kept;

    public void Set(PersonText text, ReadOnlySpan<byte> utf8) => Set(text, Keep(utf8));

    /// <summary>Appends the person's texts to a chunk, in their order.</summary>
    public PersonTexts AddTo(TextChunk chunk)
    {
        var start = chunk.Bytes.Length;
        Span<ushort> lengths = stackalloc ushort[PersonTexts.Count];
        for (var text = 0; text < lengths.Length; text++)
        {
            lengths[text] = chunk.Add(_found[_texts[text]]).Length;
        }

        return new PersonTexts(chunk.Number, start, lengths);
    }

    public void Clear()
    {
        _found.Begin(0);
        _texts.AsSpan().Clear();
    }
}
