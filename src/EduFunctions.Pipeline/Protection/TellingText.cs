using System.Buffers;
using System.Text;
using EduFunctions.Pipeline.Guards;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// Whether a text of a register would name a protected person, as it is or as what it was before its bytes were read wrongly or its letters written as
/// escapes: people read <c>Ã…sa Ã–hrn</c> and <c>&amp;Aring;sa</c> all the same.
/// </summary>
internal sealed class TellingText(RowScan scan)
{
    private static readonly SearchValues<byte> EscapeMarks = SearchValues.Create("&\\%[({"u8);

    /// <summary>How people, and what they copy from, write the sign of an address so that it is none.</summary>
    private static readonly string[] AtSigns = ["%40", "[at]", "(at)", "{at}"];

    public bool Is(ReadOnlySpan<byte> text) => scan.FindInText(text).Count > 0 || (MayBeDamaged(text) && Readings(Encoding.UTF8.GetString(text)).Any(Is));

    /// <summary>The same of an id that is a text.</summary>
    public bool IsInKey(ReadOnlySpan<byte> key) => OpaqueKey.Is(key) ? scan.FindInKey(key).Count > 0 : Is(key);

    private static IEnumerable<string> Readings(string text) =>
        TextRepair.Of(text, isLoose: false).Prepend(text).SelectMany(reading => new[] { reading, WithAtSigns(reading) });

    private static string WithAtSigns(string text) => AtSigns.Aggregate(
        text, (rest, sign) => rest.Replace($" {sign} ", "@", StringComparison.OrdinalIgnoreCase).Replace(sign, "@", StringComparison.OrdinalIgnoreCase));

    private bool Is(string text) => scan.FindInText(Encoding.UTF8.GetBytes(text)).Count > 0;

    private static bool MayBeDamaged(ReadOnlySpan<byte> text) => !Ascii.IsValid(text) || text.ContainsAny(EscapeMarks);
}
