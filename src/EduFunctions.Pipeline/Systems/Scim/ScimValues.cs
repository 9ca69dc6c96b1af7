using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.Scim;

/// <summary>What users have, empty for what is not sent: choosing asks the same values that are written.</summary>
/// <remarks>Each is good until the next one is asked for.</remarks>
internal sealed class ScimValues(Roster roster, ScimSettings settings)
{
    /// <summary>In characters: what every server has room for.</summary>
    public const int LongestText = 255;

    private readonly CleanText _clean = CleanText();

    /// <summary>Without what would have to be escaped in JSON, and so could hide a name from who looks for the protected.</summary>
    public static CleanText CleanText() => new((byte)'"', (byte)'\\');

    public static bool IsTooLong(ReadOnlySpan<byte> clean) => Feeds.CleanText.IsLonger(clean, LongestText);

    public ReadOnlySpan<byte> GivenName(int row) => _clean.Clean(roster[Texts(row).GivenName]);

    public ReadOnlySpan<byte> FamilyName(int row) => _clean.Clean(roster[Texts(row).FamilyName]);

    public ReadOnlySpan<byte> Email(int row)
    {
        var address = _clean.CleanEmail(roster[PersonEmail.Of(roster.Persons[row])]);
        return IsTooLong(address) ? default : address;
    }

    /// <summary>Not cut and not left out where it is too long: without it there is no user.</summary>
    public ReadOnlySpan<byte> UserName(int row)
    {
        ref readonly var person = ref roster.Persons[row];
        var chosen = settings.Username switch
        {
            ScimSettings.Email => Email(row),
            ScimSettings.PersonId => Encoding.UTF8.GetBytes(person.Id.ToString()),
            _ => _clean.CleanAddress(roster[person.Texts.PrincipalName]),
        };
        return !chosen.IsEmpty ? chosen
            : person.IsAlias ? Encoding.UTF8.GetBytes(person.Id.ToString())
            : person.Roles == Roles.Guardian ? Email(row)
            : default;
    }

    /// <summary>Whether the register has an address that is not sent.</summary>
    public bool LosesEmail(int row)
    {
        var address = roster[PersonEmail.Of(roster.Persons[row])];
        return Email(row).IsEmpty && !address.IsEmpty && !_clean.IsBlank(address);
    }

    private ref readonly PersonTexts Texts(int row) => ref roster.Persons[row].Texts;
}
