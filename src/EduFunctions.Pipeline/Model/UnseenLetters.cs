using System.Globalization;
using System.Text;

namespace EduFunctions.Pipeline.Model;

/// <summary>Letters and marks that are drawn as nothing, whatever their category: fillers, joiners, selectors, direction marks.</summary>
internal static class UnseenLetters
{
    public static bool Is(Rune rune) => Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format || rune.Value is
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or (>= 0xE0100 and <= 0xE01EF);
}
