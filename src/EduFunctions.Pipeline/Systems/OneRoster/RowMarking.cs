using EduFunctions.Pipeline.Model;

namespace EduFunctions.Pipeline.Systems.OneRoster;

/// <summary>
/// What a row says of protection: in the column that holds the marking, in one that is called after protection and is answered with more than no, or in any other of
/// the sender's own that says a word of it. A value that nobody knows may be a new kind of protection where a marking is awaited, and is anything elsewhere.
/// </summary>
internal static class RowMarking
{
    private static readonly string[] ProtectingWords =
        ["sekretess", "skydda", "kvarskriv", "beskyttet", "navnebeskyt", "adressebeskyt", "navne og adressebeskyt", "navneogadressebeskyt", "protected identity"];

    /// <summary>How such columns begin, behind <c>metadata.</c> and what the sender writes before, without signs and in lower case.</summary>
    private static readonly string[] ProtectingNames =
        ["securitymark", "sekretess", "skyddad", "hemligidentitet", "kvarskriv", "beskyttet", "navnebeskyt", "adressebeskyt", "navneogadressebeskyt", "protectedidentity", "protectedperson"];

    private static readonly HashSet<string> ProtectingWholeNames = new(["hemlig", "protected", "isprotected"], StringComparer.Ordinal);

    private static readonly HashSet<string> Denials = new(["", "0", "n", "no", "nej", "f", "false", "falsk", "none", "ingen", "inga", "ej", "inte", "ikke", "saknas"], StringComparer.Ordinal);

    /// <summary>The strictest.</summary>
    public static Marking Of(OneRosterRows row, string column)
    {
        var strictest = Marking.Absent;
        foreach (var name in row.Extensions)
        {
            var marking = IsAwaited(name, column) ? Parse(row[name]) : IsProtecting(name, row[name]) ? Marking.Protected : Marking.Absent;
            strictest = marking > strictest ? marking : strictest;
        }

        return strictest;
    }

    private static bool IsAwaited(string name, string column) =>
        name.Equals(column, StringComparison.OrdinalIgnoreCase) || name.Equals(OneRosterSettings.UsualMarkingColumn, StringComparison.OrdinalIgnoreCase);

    private static bool IsProtecting(string name, string value)
    {
        if (value.Length == 0)
        {
            return false;
        }

        var said = IdentityText.Words(value);
        return Array.Exists(ProtectingWords, word => said.StartsWith(word, StringComparison.Ordinal)) || (IsOfProtection(name) && !Denials.Contains(said.Split(' ')[0]));
    }

    private static bool IsOfProtection(string name)
    {
        var letters = string.Concat(IdentityText.Words(name[(name.LastIndexOf('.') + 1)..]).Where(char.IsLetter));
        return ProtectingWholeNames.Contains(letters) || Array.Exists(ProtectingNames, word => letters.StartsWith(word, StringComparison.Ordinal));
    }

    private static Marking Parse(string value) => value switch
    {
        "" => Marking.Absent,
        "Ingen" => Marking.None,
        "Sekretessmarkering" or "Skyddad folkbokföring" => Marking.Protected,
        _ => Marking.Unknown,
    };
}
