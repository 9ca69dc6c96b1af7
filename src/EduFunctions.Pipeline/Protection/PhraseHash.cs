using System.Buffers.Binary;
using System.Text;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Hashes of letters and digits one behind the other, whatever stands between them and whatever the case of ASCII: a polynomial whose base is the key.
/// The hash of a word after a phrase follows from the hashes of both, so that a row is read once, however its values are cut into words.
/// </summary>
internal sealed class PhraseHash
{
    /// <summary>What is longer is no word of anybody's values.</summary>
    public const int LongestWord = 64;

    private readonly ulong _base;
    private readonly ulong _base2;
    private readonly ulong _base3;
    private readonly ulong _base4;
    private readonly ulong _inverse;
    private readonly ulong[] _powers = new ulong[LongestWord + 1];

    public PhraseHash(ulong key)
    {
        // Odd, so that it can be undone, and no power of it is near one.
        _base = (((key + 1) * 0x9E3779B97F4A7C15) & ~7UL) | 5;
        (_base2, _base3, _base4) = (_base * _base, _base * _base * _base, _base * _base * _base * _base);
        _inverse = Inverse(_base);
        _powers[0] = 1;
        for (var length = 1; length <= LongestWord; length++)
        {
            _powers[length] = _powers[length - 1] * _base;
        }
    }

    public ulong Of(ReadOnlySpan<byte> word)
    {
        var hash = 0UL;
        var at = 0;
        for (; at + sizeof(uint) <= word.Length; at += sizeof(uint))
        {
            // Four letters at once: their products do not wait for each other.
            var four = Lower(BinaryPrimitives.ReadUInt32LittleEndian(word[at..]));
            hash = (hash * _base4) + ((byte)four * _base3) + ((byte)(four >> 8) * _base2) + ((byte)(four >> 16) * _base) + (four >> 24);
        }

        for (; at < word.Length; at++)
        {
            hash = Join(hash, word[at]);
        }

        return hash;
    }

    /// <summary>Of all letters and digits of a text, and its words one by one; short enough to be compared with words of a row.</summary>
    public (ulong Hash, IReadOnlyList<HashedWord> Words) Read(string text)
    {
        var words = new List<HashedWord>();
        var reader = new WordReader(new TextFold().Fold(Encoding.UTF8.GetBytes(text)), this, isText: true, isCut: false);
        while (reader.Next() && reader.Length <= LongestWord && words.Count < RowScan.MostWords)
        {
            words.Add(new HashedWord(reader.Hash, reader.Length));
        }

        return (words.Aggregate(0UL, (hash, word) => Join(hash, word.Hash, word.Length)), words);
    }

    /// <summary>Of the letters and digits of ASCII, one behind the other.</summary>
    public ulong OfLetters(ReadOnlySpan<byte> text)
    {
        if (text.Length == UuidText.Length && UuidText.TryParse(text, out _, out _))
        {
            return OfUuid(text);
        }

        var hash = 0UL;
        foreach (var letter in text)
        {
            hash = char.IsAsciiLetterOrDigit((char)letter) ? Join(hash, letter) : hash;
        }

        return hash;
    }

    /// <summary>What nearly every key is: four letters at once, as <see cref="Of"/> does.</summary>
    private ulong OfUuid(ReadOnlySpan<byte> text)
    {
        var head = (Of(text[..8]) * _powers[4]) + Of(text[9..13]);
        var middle = (Of(text[14..18]) * _powers[4]) + Of(text[19..23]);
        return (((head * _powers[8]) + middle) * _powers[12]) + Of(text[24..]);
    }

    /// <summary>By which a phrase is multiplied before a word of this length is added.</summary>
    public ulong Power(int length) => _powers[length];

    /// <param name="length">Of the word, or of a name of several.</param>
    public ulong Join(ulong phrase, ulong word, int length)
    {
        for (; length > LongestWord; length -= LongestWord)
        {
            phrase *= _powers[LongestWord];
        }

        return (phrase * _powers[length]) + word;
    }

    public ulong Join(ulong phrase, byte letter) => (phrase * _base) + (byte)Lower(letter);

    /// <summary>The phrase without its last letter.</summary>
    public ulong WithoutLast(ulong phrase, byte letter) => (phrase - letter) * _inverse;

    /// <summary>Lower case, four letters at once; what is beyond ASCII stays.</summary>
    private static uint Lower(uint letters) => letters | (0x20202020 & ~(letters >> 2));

    private static ulong Inverse(ulong odd)
    {
        // Each step doubles the number of bits that are right.
        var inverse = odd;
        for (var bits = 3; bits < 64; bits *= 2)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}

internal readonly record struct HashedWord(ulong Hash, int Length);
