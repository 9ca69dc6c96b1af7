using System.Text.Json;

namespace EduFunctions.Pipeline.Systems.Ss12000;

/// <summary>Texts of a source as they are, not as JSON's grammar would have them: no single one of them may stop the reading of all others.</summary>
internal static class JsonText
{
    private const int EscapeLength = 6;

    /// <summary>A JSON text may begin with a byte order mark although it should not; it says nothing.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body[MarkLength(body.Span)..];

    /// <inheritdoc cref="WithoutMark(ReadOnlyMemory{byte})"/>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> body) => body[MarkLength(body)..];

    /// <summary>The value or name the reader stands at.</summary>
    /// <param name="repaired">How many characters were none.</param>
    public static ReadOnlySpan<byte> Of(ref Utf8JsonReader json, out int repaired)
    {
        repaired = 0;
        return json.ValueIsEscaped ? Unescape(json.ValueSpan, out repaired) : json.ValueSpan;
    }

    /// <inheritdoc cref="Of"/>
    /// <param name="escaped">What stands between the quotes.</param>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> escaped, out int repaired)
    {
        var quoted = new byte[escaped.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        escaped.CopyTo(quoted.AsSpan(1));
        repaired = Repair(quoted);
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var text = new byte[escaped.Length];
        return text.AsSpan(0, reader.CopyString(text));
    }

    /// <summary>
    /// An escaped surrogate without its other half is no character, and the platform refuses whatever has one: U+FFFD takes its place, in as many bytes.
    /// </summary>
    /// <param name="json">Valid JSON, or a part of it.</param>
    /// <returns>How many.</returns>
    public static int Repair(Span<byte> json)
    {
        var repaired = 0;
        for (var at = NextEscape(json, 0); at >= 0;)
        {
            var (isHigh, isLow) = (IsSurrogate(json, at, "89aAbB"u8), IsSurrogate(json, at, "cCdDeEfF"u8));
            var isPair = isHigh && IsSurrogate(json, at + EscapeLength, "cCdDeEfF"u8);
            if ((isHigh || isLow) && !isPair)
            {
                @"\ufffd"u8.CopyTo(json[at..]);
                repaired++;
            }

            at = NextEscape(json, at + (isPair ? 2 * EscapeLength : isHigh || isLow ? EscapeLength : 2));
        }

        return repaired;
    }

    private static int NextEscape(ReadOnlySpan<byte> json, int from) =>
        from < json.Length && json[from..].IndexOf((byte)'\\') is >= 0 and var at ? from + at : -1;

    /// <summary>Whether <c>\udXYZ</c> stands there, with one of these for X.</summary>
    private static bool IsSurrogate(ReadOnlySpan<byte> json, int at, ReadOnlySpan<byte> third) =>
        at + EscapeLength <= json.Length && json[at] == '\\' && json[at + 1] == 'u' && (json[at + 2] | 0x20) == 'd' && third.Contains(json[at + 3]);

    private static int MarkLength(ReadOnlySpan<byte> body) => body.StartsWith("\uFEFF"u8) ? 3 : 0;
}
