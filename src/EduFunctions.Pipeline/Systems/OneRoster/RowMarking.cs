using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>
/// What a row says of protection: in the column that holds the marking, in one that is called after protection and is answered with more than no, or in any other of
/// the sender's own that says a word of it. A value that nobody knows may be a new kind of protection where a marking is awaited, and is anything elsewhere.
/// </summary>
/// <param name="Marking">The strictest.</param>
/// <param name="IsRespelled">Whether some column says that there is none, in another spelling.</param>
/// <param name="Strange">What nobody knows.</param>
internal readonly record struct RowMarking(Marking Marking, bool IsRespelled, IReadOnlyList<StrangeMarking> Strange)
{
    /// <summary>How such columns begin, behind <c>metadata.</c> and what the sender writes before, without signs and in lower case.</summary>
    private static readonly string[] ProtectingNames =
        ["securitymark", "sekretess", "skyddad", "hemligidentitet", "kvarskriv", "beskyttet", "navnebeskyt", "adressebeskyt", "navneogadressebeskyt", "protectedidentity", "protectedperson"];

    private static readonly HashSet<string> ProtectingWholeNames = new(["hemlig", "protected", "isprotected"], StringComparer.Ordinal);

    private static readonly HashSet<string> Affirmations = new(["1", "y", "yes", "j", "ja", "t", "true", "sant", "sann", "sand", "x", "on"], StringComparer.Ordinal);

    public static RowMarking Of(OneRosterRows row, string column)
    {
        var (strictest, isRespelled, strange) = (Marking.Absent, false, (List<StrangeMarking>?)null);
        foreach (var name in row.Extensions)
        {
            var value = row[name];
            var isAwaited = IsAwaited(name, column);
            var marking = isAwaited ? Parse(value) : OfOthers(name, value);
            isRespelled |= isAwaited && marking == Marking.None && Known(value) == Marking.Unknown;
            if (marking == Marking.Unknown)
            {
                (strange ??= []).Add(MarkingText.Of(name, value));
            }

            strictest = marking > strictest ? marking : strictest;
        }

        return new RowMarking(strictest, isRespelled, strange ?? []);
    }

    /// <summary>Without markings that say nothing of anybody.</summary>
    public RowMarking Without(IReadOnlySet<ulong> common)
    {
        if (Strange.Count == 0 || !Strange.Any(each => common.Contains(each.Value)))
        {
            return this;
        }

        StrangeMarking[] left = [.. Strange.Where(each => !common.Contains(each.Value))];
        return this with { Strange = left, Marking = Marking == Marking.Unknown && left.Length == 0 ? Marking.Absent : Marking };
    }

    private static bool IsAwaited(string name, string column) =>
        name.Equals(column, StringComparison.OrdinalIgnoreCase) || name.Equals(OneRosterSettings.UsualMarkingColumn, StringComparison.OrdinalIgnoreCase);

    /// <summary>In a column that nobody waits for.</summary>
    private static Marking OfOthers(string name, string value)
    {
        if (value.Length == 0)
        {
            return Marking.Absent;
        }

        var said = IdentityText.Words(value);
        return MarkingText.BeginsProtecting(said) ? MarkingText.SaysProtected(value) ? Marking.Protected : Marking.Unknown
            : !IsOfProtection(name) || MarkingText.IsDenial(said.Split(' ')[0]) ? Marking.Absent
            : Affirmations.Contains(said) ? Marking.Protected
            : Marking.Unknown;
    }

    private static bool IsOfProtection(string name)
    {
        var letters = string.Concat(IdentityText.Words(name[(name.LastIndexOf('.') + 1)..]).Where(char.IsLetter));
        return ProtectingWholeNames.Contains(letters) || Array.Exists(ProtectingNames, word => letters.StartsWith(word, StringComparison.Ordinal));
    }

    private static Marking Parse(string value) => Known(value) is var known && known == Marking.Unknown && MarkingText.IsNone(value) ? Marking.None : known;

    private static Marking Known(string value) => value switch
    {
        "" => Marking.Absent,
        "Ingen" => Marking.None,
        "Sekretessmarkering" or "Skyddad folkbokföring" => Marking.Protected,
        _ => Marking.Unknown,
    };
}
