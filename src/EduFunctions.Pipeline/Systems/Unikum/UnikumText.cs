using EduFunctions.Pipeline.Feeds;

namespace EduFunctions.Pipeline.Systems.Unikum;

/// <summary>Values as a positional file without quotes takes them.</summary>
internal sealed class UnikumText(UnikumSettings settings)
{
    private readonly CleanText _clean = new();

    /// <param name="clean">Good until the next value is cleaned.</param>
    /// <returns>False for a value with letters that the files' encoding lacks.</returns>
    public bool TryClean(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> clean)
    {
        clean = _clean.Clean(value);
        return !settings.IsLatin || IsLatin(clean);
    }

    /// <summary>Empty for what cannot be written.</summary>
    public ReadOnlySpan<byte> Clean(ReadOnlySpan<byte> value) => TryClean(value, out var clean) && !UnikumLimits.IsTooLong(clean) ? clean : default;

    /// <summary>Empty also for an address that would be a formula: without its beginning it could be another's.</summary>
    public ReadOnlySpan<byte> Address(ReadOnlySpan<byte> value) => PlainText.IsFormula(value) ? default : Clean(value);

    /// <summary>The cleaned e-mail address; empty for what is none.</summary>
    public ReadOnlySpan<byte> Email(ReadOnlySpan<byte> value) => Address(value) is var address && EmailAddress.Is(address) ? address : default;

    /// <summary>What speaks against a value that must be there; null when nothing does.</summary>
    public string? Refusal(ReadOnlySpan<byte> value, string ifMissing) =>
        !TryClean(value, out var clean) ? UnikumFindings.NotEncodable
        : clean.IsEmpty ? ifMissing
        : UnikumLimits.IsTooLong(clean) ? UnikumFindings.TooLong
        : null;

    /// <summary>ISO-8859-1 is the first 256 characters, no byte of which, in UTF-8, is above C3.</summary>
    private static bool IsLatin(ReadOnlySpan<byte> text) => text.IndexOfAnyInRange<byte>(0xC4, 0xFF) < 0;
}
