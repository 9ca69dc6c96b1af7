using System.Buffers;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>How values stand in a row, so that no value can be taken for two, or two for one.</summary>
internal sealed class CsvFormat
{
    private CsvFormat(byte delimiter, bool quotes, ReadOnlySpan<byte> special) =>
        (Delimiter, Quotes, Special) = (delimiter, quotes, SearchValues.Create([delimiter, (byte)'\r', (byte)'\n', .. special]));

    public byte Delimiter { get; }

    /// <summary>Whether a value with a special byte is quoted; where the target knows no quotes, it is refused.</summary>
    public bool Quotes { get; }

    /// <summary>Bytes that do not stand bare in a value.</summary>
    public SearchValues<byte> Special { get; }

    /// <summary>As RFC 4180 has it.</summary>
    /// <param name="also">What the target wants quoted beside delimiters, quotes and line ends.</param>
    public static CsvFormat Quoting(byte delimiter, ReadOnlySpan<byte> also = default) => new(delimiter, true, [(byte)'"', .. also]);

    /// <summary>Without quotes: a quote is a letter like others.</summary>
    public static CsvFormat Bare(byte delimiter) => new(delimiter, false, default);
}
