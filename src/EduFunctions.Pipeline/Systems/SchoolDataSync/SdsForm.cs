using EduFunctions.Pipeline.Eligibility;
using EduFunctions.Pipeline.Feeds;
using EduFunctions.Pipeline.Rosters;

namespace EduFunctions.Pipeline.Systems.SchoolDataSync;

/// <summary>Who and what of a roster School Data Sync can have.</summary>
internal sealed class SdsForm(Roster roster, SdsSettings settings) : IUserForm
{
    private readonly SdsValues _values = new(roster, settings);

    public UserFindings Findings { get; } = new(SdsFindings.UserNameTaken, SdsFindings.ClassNameMissing, SdsFindings.NameShortened);

    public string? Refusal(int row) =>
        !SdsLimits.TakesId(roster.Persons[row].Id) ? SdsFindings.IdRefused
        : RefusalOfName(_values.GivenName(row)) ?? RefusalOfName(_values.FamilyName(row))
        ?? (roster.Persons[row].Roles == Roles.Guardian && _values.Email(row).IsEmpty ? SdsFindings.GuardianWithoutEmail : RefusalOfUserName(_values.UserName(row)));

    public string? Loss(int row) => _values.LosesEmail(row) ? SdsFindings.EmailRefused : null;

    public SharedTexts.Reader UserNames() => new SdsValues(roster, settings).UserName;

    public bool IsTooLong(ReadOnlySpan<byte> name) => SdsLimits.IsTooLong(name);

    private static string? RefusalOfName(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? SdsFindings.NameMissing : SdsLimits.IsPersonNameTooLong(name) ? SdsFindings.TooLong : null;

    private static string? RefusalOfUserName(ReadOnlySpan<byte> name) =>
        name.IsEmpty ? SdsFindings.UserNameMissing : SdsLimits.TakesUserName(name) ? null : SdsFindings.UserNameRefused;
}
