using System.Globalization;
using System.Text;

namespace EduFunctions.Pipeline.Checking;

/// <summary>A place that breaks a rule. Says of what kind it is that stands there, never what: files hold people's values.</summary>
/// <param name="Line">From 1; 0 for the file as a whole.</param>
/// <param name="Position">Of the character in the line, from 1; 0 for the line as a whole.</param>
/// <param name="Column">Name of the column, or of what else is meant; never taken from the file.</param>
/// <param name="Found">The kind of what stands there; empty where there is nothing to say.</param>
public sealed record RuleBreach(TargetRule Rule, string File, int Line, int Position, string Column, string Found)
{
    /// <summary>The kind of a value: its length and, where one character offends, which that is.</summary>
    /// <param name="offence">Where in the value it stands; -1 for the value as a whole.</param>
    public static string KindOf(ReadOnlySpan<byte> value, int offence = -1)
    {
        var count = Encoding.UTF8.GetCharCount(value);
        var length = value.IsEmpty ? "empty" : string.Create(CultureInfo.InvariantCulture, $"{count} character{(count == 1 ? "" : "s")}");
        if (offence < 0)
        {
            return length;
        }

        Rune.DecodeFromUtf8(value[offence..], out var rune, out _);
        return string.Create(CultureInfo.InvariantCulture, $"{length}, U+{rune.Value:X4} as number {Encoding.UTF8.GetCharCount(value[..offence]) + 1}");
    }
}
