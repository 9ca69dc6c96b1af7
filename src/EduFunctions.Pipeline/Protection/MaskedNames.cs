using System.Text;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Sources;

namespace EduFunctions.Pipeline.Protection;

/// <summary>
/// A name that says that somebody is protected, in place of the person's own: the register has made the record unreadable, whatever its marking says. It protects
/// like a marking that nobody knows.
/// </summary>
internal static class MaskedNames
{
    private static readonly string[] Beginnings =
    [
        "skyddad identitet", "skyddade personuppgifter", "skyddad person", "skyddat namn", "identitet skyddad", "sekretessmarkering", "sekretessmarkerad",
        "navnebeskyttet", "navne og adressebeskyttet", "adressebeskyttet", "beskyttet identitet", "beskyttet navn", "protected identity",
    ];

    private static readonly HashSet<int> Initials = [.. Beginnings.Select(name => Pair((byte)name[0], (byte)name[1]))];

    /// <summary>One in so many at most: a name in itself is a weaker word than a marking, and one that hides all its names says nothing of any of them.</summary>
    private const int MostShare = 4;

    /// <summary>Whether so many records are unreadable without a marking that it is how the register writes.</summary>
    public static void Judge(SourceData data)
    {
        var masked = Rows(data).Where(row => data.Persons.IsCurrent(row)).Count();
        if (CommonMarkings.AreTooManyWorded(masked, data.Persons.Distinct, MostShare))
        {
            data.AreMaskedNamesBelieved = false;
            data.Refusal ??= CommonMarkings.TellWorded(masked, data.Persons.Distinct, "givenName");
        }
    }

    public static void Mark(SourceData data)
    {
        foreach (var row in data.AreMaskedNamesBelieved ? Rows(data) : [])
        {
            data.Persons[row].StrictestMarking = Marking.Unknown;
            data.ProtectedIds.Add(data.Persons.Id(row));
        }
    }

    /// <summary>Of those who are not protected by a marking.</summary>
    private static IEnumerable<int> Rows(SourceData data) => Enumerable.Range(0, data.Persons.Count).Where(row =>
        data.Persons[row].StrictestMarking < Marking.Unknown && IsMasked(data.Texts[data.Persons[row].Texts.GivenName], data.Texts[data.Persons[row].Texts.FamilyName]));

    private static bool IsMasked(ReadOnlySpan<byte> given, ReadOnlySpan<byte> family)
    {
        var first = given.Trim((byte)' ') is { Length: > 1 } name ? name : family;
        if (!MayBegin(first))
        {
            return false;
        }

        var words = IdentityText.Words($"{Encoding.UTF8.GetString(given)} {Encoding.UTF8.GetString(family)}");
        return Array.Exists(Beginnings, beginning => words.StartsWith(beginning, StringComparison.Ordinal));
    }

    /// <summary>Nearly all names are read no further. Beyond ASCII may be full-width letters.</summary>
    private static bool MayBegin(ReadOnlySpan<byte> name) =>
        name.Length > 1 && (!Ascii.IsValid(name[..2]) || Initials.Contains(Pair(name[0], name[1])));

    private static int Pair(byte first, byte second) => ((first | 0x20) << 8) | second | 0x20;
}
