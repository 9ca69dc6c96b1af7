using System.Text;
using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Model;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>What stands in the columns of users: choosing asks the same values that are written.</summary>
/// <remarks>Each is good until the next one is asked for.</remarks>
internal sealed class SdsValues(Roster roster, SdsSettings settings)
{
    private readonly CleanText _clean = new();
    private readonly byte[] _domain = settings.Domain is null ? [] : Encoding.UTF8.GetBytes($"@{settings.Domain}");

    public ReadOnlySpan<byte> GivenName(int row) => _clean.Clean(roster[Texts(row).GivenName]);

    public ReadOnlySpan<byte> FamilyName(int row) => _clean.Clean(roster[Texts(row).FamilyName]);

    /// <summary>Empty for what is no address.</summary>
    public ReadOnlySpan<byte> Email(int row) => Address(row) is var address && SdsLimits.TakesEmail(address) ? address : default;

    public bool LosesEmail(int row) => Email(row).IsEmpty && !_clean.IsBlank(roster[PersonEmail.Of(roster.Persons[row])]);

    /// <summary>As the register has it, with the domain that it may lack.</summary>
    public ReadOnlySpan<byte> UserName(int row)
    {
        ref readonly var person = ref roster.Persons[row];
        var name = settings.Username == SdsSettings.Email || person.Roles == Roles.Guardian ? Address(row) : _clean.CleanAddress(roster[person.Texts.PrincipalName]);
        name = name.IsEmpty && person.IsAlias ? Encoding.UTF8.GetBytes(person.Id.ToString()) : name;
        return name.IsEmpty || name.Contains((byte)'@') || _domain.Length == 0 ? name : (byte[])[.. name, .. _domain];
    }

    private ReadOnlySpan<byte> Address(int row) => _clean.CleanAddress(roster[PersonEmail.Of(roster.Persons[row])]);

    private ref readonly PersonTexts Texts(int row) => ref roster.Persons[row].Texts;
}
