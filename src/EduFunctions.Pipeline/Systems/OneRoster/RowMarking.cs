using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>
/// What a row says of protection: in the column that holds the marking, or in any other of the sender's own that says a word of it. A value that nobody knows
/// may be a new kind of protection where a marking is awaited, and is anything elsewhere.
/// </summary>
internal static class RowMarking
{
    private static readonly string[] ProtectingWords = ["sekretess", "skydda"];

    /// <summary>The strictest.</summary>
    public static Marking Of(OneRosterRows row, string column)
    {
        var strictest = Marking.Absent;
        foreach (var name in row.Extensions)
        {
            var marking = IsAwaited(name, column) ? Parse(row[name]) : IsProtecting(row[name]) ? Marking.Protected : Marking.Absent;
            strictest = marking > strictest ? marking : strictest;
        }

        return strictest;
    }

    private static bool IsAwaited(string name, string column) =>
        name.Equals(column, StringComparison.OrdinalIgnoreCase) || name.Equals(OneRosterSettings.UsualMarkingColumn, StringComparison.OrdinalIgnoreCase);

    private static bool IsProtecting(string value) =>
        Array.Exists(ProtectingWords, word => value.AsSpan().Trim().StartsWith(word, StringComparison.OrdinalIgnoreCase));

    private static Marking Parse(string value) => value switch
    {
        "" => Marking.Absent,
        "Ingen" => Marking.None,
        "Sekretessmarkering" or "Skyddad folkbokföring" => Marking.Protected,
        _ => Marking.Unknown,
    };
}
