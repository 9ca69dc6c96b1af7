using System.Text;
using EduFunctions.Pipeline.Model;

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

    private static readonly HashSet<(int First, int Second)> Initials = [.. Beginnings.Select(name => ((int)name[0], (int)name[1]))];

    public static void Mark(SourceData data)
    {
        for (var row = 0; row < data.Persons.Count; row++)
        {
            ref var person = ref data.Persons[row];
            if (person.StrictestMarking < Marking.Unknown && IsMasked(data.Texts[person.Texts.GivenName], data.Texts[person.Texts.FamilyName]))
            {
                person.StrictestMarking = Marking.Unknown;
                data.ProtectedIds.Add(data.Persons.Id(row));
            }
        }
    }

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
        name.Length > 1 && (!Ascii.IsValid(name[..2]) || Initials.Contains((name[0] | 0x20, name[1] | 0x20)));
}
