using System.Buffers;
using System.Text;

namespace EduFunctions.Pipeline.Feeds;

/// <summary>
/// Cleans values so that a target's open questions about quoting never arise: white space and control characters as one space, ends trimmed, without
/// what means something to the target, what nobody sees, and what begins a formula.
/// </summary>
/// <param name="dropped">ASCII characters that are left out.</param>
internal sealed class CleanText(params byte[] dropped)
{
    private readonly SearchValues<byte> _suspicious = PlainText.Suspicious(dropped);
    private byte[] _clean = new byte[256];

    /// <summary>The cleaned value, good until the next one is cleaned; the value itself when there is nothing to clean.</summary>
    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> value)
    {
        if (PlainText.IsPlain(value, _suspicious))
        {
            return value;
        }

        if (_clean.Length < value.Length * 2)
        {
            _clean = new byte[value.Length * 2];
        }

        var length = 0;
        while (!value.IsEmpty)
        {
            Rune.DecodeFromUtf8(value, out var rune, out var used);
            var isSpace = Rune.IsWhiteSpace(rune) || Rune.IsControl(rune);
            if (!isSpace && !IsDropped(rune, isFirst: length == 0))
            {
                length += rune.EncodeToUtf8(_clean.AsSpan(length));
            }
            else if (isSpace && length > 0 && _clean[length - 1] != ' ')
            {
                _clean[length++] = (byte)' ';
            }

            value = value[used..];
        }

        return _clean.AsSpan(0, length).TrimEnd((byte)' ');
    }

    /// <summary>
    /// The cleaned address, login name or number. One that would be a formula, or has what means something to the target, is none: without that it could be
    /// another's.
    /// </summary>
    /// <inheritdoc cref="Clean"/>
    public ReadOnlySpan<byte> CleanAddress(ReadOnlySpan<byte> value) => PlainText.IsFormula(value) || value.IndexOfAny(dropped) >= 0 ? default : Clean(value);

    /// <summary>The cleaned e-mail address; empty for what is none.</summary>
    /// <inheritdoc cref="Clean"/>
    public ReadOnlySpan<byte> CleanEmail(ReadOnlySpan<byte> value) => CleanAddress(value) is var address && EmailAddress.Is(address) ? address : default;

    /// <summary>Whether nothing is left of a value. Looks at its first character, and seldom further.</summary>
    public bool IsBlank(ReadOnlySpan<byte> value) => PlainText.MayBeBlank(value, _suspicious) && Clean(value).IsEmpty;

    /// <summary>Whether more characters than these are left of a value; cleaning adds none.</summary>
    public bool IsLongerClean(ReadOnlySpan<byte> value, int characters) => value.Length > characters && IsLonger(Clean(value), characters);

    public static bool IsLonger(ReadOnlySpan<byte> value, int characters) =>
        value.Length > characters && Encoding.UTF8.GetCharCount(value) > characters;

    private bool IsDropped(Rune rune, bool isFirst) =>
        (rune.IsAscii && dropped.Contains((byte)rune.Value)) || PlainText.IsInvisible(rune) || (isFirst && PlainText.BeginsFormula(rune));
}
