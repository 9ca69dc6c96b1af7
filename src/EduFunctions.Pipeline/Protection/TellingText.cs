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
    private static readonly SearchValues<byte> EscapeMarks = SearchValues.Create("&\\%"u8);

    public bool Is(ReadOnlySpan<byte> text) =>
        scan.FindInText(text).Count > 0 || (MayBeDamaged(text) && TextRepair.Of(Encoding.UTF8.GetString(text), isLoose: false).Any(Is));

    private bool Is(string text) => scan.FindInText(Encoding.UTF8.GetBytes(text)).Count > 0;

    private static bool MayBeDamaged(ReadOnlySpan<byte> text) => !Ascii.IsValid(text) || text.ContainsAny(EscapeMarks);
}
