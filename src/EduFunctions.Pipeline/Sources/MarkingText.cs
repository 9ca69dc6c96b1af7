using System.IO.Hashing;
using System.Text;
using EduFunctions.Pipeline.Languages;
using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Sources;

/// <summary>What sources share of markings that are not written as the standard has them.</summary>
internal static class MarkingText
{
    private const string None = "Ingen";

    /// <summary>No marking, in another case or with blanks around.</summary>
    public static bool IsNone(string text) => text.Trim().Equals(None, StringComparison.OrdinalIgnoreCase);

    [Told]
    public static StrangeMarking Of(MarkingPlace place, string property, string text)
    {
        var trimmed = text.Trim();
        var kind = trimmed.Length == 0 ? "an empty text" : Day.Parse(Encoding.UTF8.GetBytes(trimmed)).IsDay ? "a date" : "another text";
        return new StrangeMarking(ValueOf(place, property, kind, trimmed), place, property, kind, ProtectionWords.SayProtected(text));
    }

    /// <summary>Of what is no text.</summary>
    public static StrangeMarking Of(MarkingPlace place, string property, string kind, UInt128 meaning) =>
        new(ValueOf(place, property, kind, $"{meaning}"), place, property, kind, IsWorded: false);

    private static ulong ValueOf(MarkingPlace place, string property, string kind, string what) =>
        Math.Max(1, XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{place}\n{property}\n{kind}\n{what}")));
}
