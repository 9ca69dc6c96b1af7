using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace EduFunctions.Pipeline.Guards;

/// <summary>What a text may have been before its bytes were read as another encoding, or its letters were written as escapes.</summary>
internal static partial class TextRepair
{
    private const int Times = 2;
    private const int MostBytes = 3;
    private const string SevenBit = "][\\}{|^~@`";
    private const string SevenBitLetters = "ÅÄÖåäöÜüÉé";

    private static readonly SearchValues<char> SevenBitMarks = SearchValues.Create(SevenBit);

    private static readonly IReadOnlyList<Reading> Readings =
    [
        new(1252), new(28591), new(10000), new(850), new(1250, HasLetters: true), new(1251, HasLetters: true), new(28592, HasLetters: true), new(437),
    ];

    /// <summary>Each differs from the text. The surest come first.</summary>
    /// <param name="isLoose">Whether sequences of two letters are taken for a misreading, as they are where it is known what should come of them.</param>
    public static IEnumerable<string> Of(string text, bool isLoose)
    {
        foreach (var reading in Readings)
        {
            var repaired = text;
            for (var times = 0; times < Times && reading.Undo(repaired, isLoose) is { } undone; times++)
            {
                yield return repaired = undone;
            }
        }

        foreach (var unescaped in (string[])[WebUtility.HtmlDecode(text), UnescapeUnicode(text), UnescapePercent(text)])
        {
            if (unescaped != text)
            {
                yield return unescaped;
            }
        }

        if (isLoose && text.AsSpan().ContainsAny(SevenBitMarks))
        {
            yield return string.Concat(text.Select(letter => SevenBit.IndexOf(letter, StringComparison.Ordinal) is >= 0 and var at ? SevenBitLetters[at] : letter));
        }
    }

    /// <summary>What becomes of a text in one encoding of a byte a letter that is read as another: each letter is one other, or no letter at all.</summary>
    public static IEnumerable<string> Exchanges(string text) =>
        from written in Readings
        where written.CanWrite(text)
        from read in Readings
        where read.CodePage != written.CodePage && (written.IsWestern || read.IsWestern)
        let exchanged = read.Exchange(text, written)
        where exchanged != text
        select exchanged;

    /// <summary>What becomes of a text that is read wrongly, once and twice.</summary>
    public static IEnumerable<string> Misreadings(string text) => Readings.SelectMany(reading => (string[])[reading.Do(text), reading.Do(reading.Do(text))]);

    private static string UnescapeUnicode(string text) =>
        UnicodeEscape().Replace(text, match => ((char)ushort.Parse(match.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString());

    private static string UnescapePercent(string text) => PercentEscapes().Replace(text, match =>
    {
        var bytes = Convert.FromHexString(match.Value.Replace("%", "", StringComparison.Ordinal).Replace("=", "", StringComparison.Ordinal));
        var utf8 = Encoding.UTF8.GetString(bytes);
        return utf8.Contains('\uFFFD', StringComparison.Ordinal) ? Encoding.Latin1.GetString(bytes) : utf8;
    });

    [GeneratedRegex(@"\\(?:u(?<code>[0-9A-Fa-f]{4})|x(?<code>[89A-Fa-f][0-9A-Fa-f]))", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex UnicodeEscape();

    [GeneratedRegex("(?:[%=][89A-Fa-f][0-9A-Fa-f])+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex PercentEscapes();

    /// <summary>UTF-8 that was read as one encoding of a byte a letter.</summary>
    /// <param name="HasLetters">Whether it has letters in place of the second byte, so that a real name may look like a misreading.</param>
    private sealed record Reading(int CodePage, bool HasLetters = false)
    {
        private readonly Dictionary<char, byte> _bytes = Table(CodePage);

        /// <summary>Whether the names of the north are mostly stored so.</summary>
        public bool IsWestern => CodePage == 1252;

        public bool CanWrite(string text) => text.All(letter => char.IsAscii(letter) || _bytes.ContainsKey(letter));

        public string Exchange(string text, Reading written) =>
            EncodingOf(CodePage).GetString([.. text.Select(letter => char.IsAscii(letter) ? (byte)letter : written._bytes[letter])]);

        /// <summary>The text with every sequence as the letter it was; null when there is none.</summary>
        public string? Undo(string text, bool isLoose)
        {
            var repaired = new StringBuilder(text.Length);
            for (var at = 0; at < text.Length;)
            {
                if (Sequence(text.AsSpan(at), isLoose) is { } sequence)
                {
                    repaired.Append(sequence.Letter);
                    at += sequence.Length;
                }
                else
                {
                    repaired.Append(text[at++]);
                }
            }

            return repaired.Length == text.Length ? null : repaired.ToString();
        }

        private (string Letter, int Length)? Sequence(ReadOnlySpan<char> text, bool isLoose)
        {
            (string Letter, int Length)? other = null;
            foreach (var cased in char.IsAscii(text[0]) ? [] : Casings(text))
            {
                if (Decode(cased, isLoose) is { } found)
                {
                    if (TextDamages.IsNordic(found.Letter[0]))
                    {
                        return found;
                    }

                    other ??= found;
                }
            }

            return other;
        }

        /// <summary>Lower-cased afterwards, the letters of a sequence are lower case too.</summary>
        private static string[] Casings(ReadOnlySpan<char> text)
        {
            var sequence = text[..Math.Min(MostBytes, text.Length)].ToString();
            return [sequence, $"{char.ToUpperInvariant(sequence[0])}{sequence[1..]}", sequence.ToUpperInvariant()];
        }

        private (string Letter, int Length)? Decode(string text, bool isLoose)
        {
            var length = _bytes.GetValueOrDefault(text[0]) switch { >= 0xC2 and < 0xE0 => 2, >= 0xE0 and < 0xF0 => MostBytes, _ => 0 };
            if (length == 0 || text.Length < length || (!isLoose && HasLetters && char.IsLetter(text[0]) && char.IsLetter(text[1])))
            {
                return null;
            }

            var bytes = text[..length].Select(letter => _bytes.GetValueOrDefault(letter)).ToArray();
            return Encoding.UTF8.GetString(bytes) is [not '\uFFFD'] letter ? (letter, length) : null;
        }

        public string Do(string text) => EncodingOf(CodePage).GetString(Encoding.UTF8.GetBytes(text));

        private static Encoding EncodingOf(int codePage) => CodePagesEncodingProvider.Instance.GetEncoding(codePage) ?? Encoding.GetEncoding(codePage);

        private static Dictionary<char, byte> Table(int codePage)
        {
            var encoding = EncodingOf(codePage);
            return Enumerable.Range(0x80, 0x80).Select(value => (byte)value).GroupBy(value => encoding.GetString([value])[0])
                .ToDictionary(letter => letter.Key, letter => letter.First());
        }
    }
}
