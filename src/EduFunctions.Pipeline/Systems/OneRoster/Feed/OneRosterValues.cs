using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.OneRoster.Feed;

/// <summary>What stands in the columns of users, empty for what the form would not take: choosing asks the same values that are written.</summary>
/// <remarks>Each is good until the next one is asked for.</remarks>
internal sealed class OneRosterValues(Roster roster, OneRosterFeedSettings settings)
{
    private readonly CleanText _clean = new();

    public ReadOnlySpan<byte> GivenName(int row) => _clean.Clean(roster[Texts(row).GivenName]);

    public ReadOnlySpan<byte> FamilyName(int row) => _clean.Clean(roster[Texts(row).FamilyName]);

    public ReadOnlySpan<byte> MiddleName(int row) => Optional(_clean.Clean(roster[Texts(row).MiddleName]));

    public ReadOnlySpan<byte> Email(int row) => Optional(_clean.CleanEmail(roster[PersonEmail.Of(roster.Persons[row])]));

    /// <summary>Not cut and not left out where it is too long: without it there is no user.</summary>
    public ReadOnlySpan<byte> UserName(int row)
    {
        ref readonly var person = ref roster.Persons[row];
        var chosen = settings.Username switch
        {
            OneRosterFeedSettings.Email => Email(row),
            OneRosterFeedSettings.Id => Encoding.UTF8.GetBytes(person.Id.ToString()),
            _ => _clean.CleanAddress(roster[person.Texts.PrincipalName]),
        };
        return !chosen.IsEmpty ? chosen
            : person.IsAlias ? Encoding.UTF8.GetBytes(person.Id.ToString())
            : person.Roles == Roles.Guardian ? Email(row)
            : default;
    }

    /// <summary>Whether the register has more for a column than may stand in it.</summary>
    public bool LosesValue(int row) =>
        Loses(roster[Texts(row).MiddleName], MiddleName(row)) || Loses(roster[PersonEmail.Of(roster.Persons[row])], Email(row));

    private ref readonly PersonTexts Texts(int row) => ref roster.Persons[row].Texts;

    private static ReadOnlySpan<byte> Optional(ReadOnlySpan<byte> clean) => OneRosterLimits.IsTooLong(clean) ? default : clean;

    private bool Loses(ReadOnlySpan<byte> value, ReadOnlySpan<byte> written) => written.IsEmpty && !value.IsEmpty && !_clean.IsBlank(value);
}
